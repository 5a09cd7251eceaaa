# syntax=docker/dockerfile:1
# The service with its models and seed gazetteer. Three stages: dependencies, the project, the image.

FROM python:3.11-slim-bookworm AS dependencies
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/nisba
ENV PATH=/opt/nisba/bin:$PATH
# Plain PyPI serves a build of torch with several GB of CUDA; the service runs on the CPU.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN pip install --index-url "$TORCH_INDEX" torch==2.13.0

FROM dependencies AS project
WORKDIR /src
COPY clients/python clients/python
RUN pip install ./clients/python
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY models models
COPY seeds seeds
RUN pip install ".[telemetry]"

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="nisba" \
      org.opencontainers.image.description="Entity linking for English and Arabic over gRPC" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-SA-4.0"
RUN useradd --uid 10000 --no-create-home --shell /usr/sbin/nologin nisba
COPY --from=project /opt/nisba /opt/nisba
# OMP_NUM_THREADS: the tagger gains nothing from more threads; scale by replicas.
ENV PATH=/opt/nisba/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    NISBA_ADDRESS=0.0.0.0:50051 \
    NISBA_HEALTH_ADDRESS=127.0.0.1:50052 \
    NISBA_LOG_FORMAT=json
USER 10000
EXPOSE 50051 50052 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-m", "nisba_service.server.healthcheck"]
# Exec form, so that SIGTERM reaches the server and it drains. Outside loopback the server asks for
# TLS (NISBA_TLS_CERTIFICATE, NISBA_TLS_KEY) or for NISBA_INSECURE=true behind a proxy that has it,
# and for tokens, client certificates or NISBA_OPEN_ACCESS: see docs/operations.md, Access.
ENTRYPOINT ["nisba"]
CMD ["serve"]
