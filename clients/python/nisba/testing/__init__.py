"""A fake Nisba service for your own tests: no models, no gazetteer, a real gRPC server.

    from nisba import Client, Entity, EntityType, Name
    from nisba.testing import FakeNisba

    aruri = Entity("per:saleh-al-arouri", EntityType.PERSON, (Name("Saleh al-Arouri", "en"),))

    with FakeNisba([aruri]) as fake, Client(fake.target) as client:
        document = client.link("Saleh al-Arouri spoke.")
        assert document.entity_ids == {"per:saleh-al-arouri"}
        assert fake.calls[0].documents[0].text == "Saleh al-Arouri spoke."

By default it finds the names of its entities where they stand as words of the text, exactly but for
case, and understands particles before Arabic names. It does not compare spellings: what it should
answer beyond that, tell it with `add_name`, `add_text` and `fail`.
"""

from nisba.testing._calls import Call
from nisba.testing._fake import FakeNisba

__all__ = ["Call", "FakeNisba"]
