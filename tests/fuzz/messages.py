"""Messages made from their descriptors: a new call or field needs no line here.

Fields that mean something (`id`, `language`, `text` …) often get values that are nearly right, so
that what lies behind the checks of the request is reached too; and often get anything at all.
"""

from __future__ import annotations

from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

from nisba.v1 import entity_pb2
from tests.fuzz.texts import NAMES, texts

SECRETS: Final = ("Zqx jv", "قثذ ظغ")
"""Words that are in many texts and never in an ID: no error may repeat them."""

_DEPTH: Final = 5
_IDS: Final = (
    "per:saleh-al-arouri",
    "org:hamas",
    "loc:gaza",
    "per:new",
    "Q42",
    "NK-a.b",
    "x" * 128,
)
_NEAR: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("id", "ids", "entity_id", "target_id", "source_ids"), _IDS),
    **dict.fromkeys(("name", "names", "query", "not_names"), NAMES),
    **dict.fromkeys(
        ("date", "valid_from", "valid_to"), ("2023", "2023-02", "2023-05-01", "2023-02-30")
    ),
    "language": ("en", "ar", "", "fr"),
    "rel": ("member_of", "leader_of", "part_of", "relative_of"),
    "wikidata_id": ("Q1", "Q34211"),
    "paths": tuple(entity_pb2.Entity.DESCRIPTOR.fields_by_name),
}
_INTEGERS: Final = st.sampled_from((0, 1, 2, 3, 5, 20, 100, -1, 2**31 - 1, -(2**31)))


def messages(descriptor: Descriptor) -> st.SearchStrategy[Message]:
    """Return messages of this type."""
    return st.composite(_drawn)(descriptor, 0)


def is_map(field: FieldDescriptor) -> bool:
    """Tell whether a field is a map, whose entries look like messages."""
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _drawn(draw: Any, descriptor: Descriptor, depth: int) -> Message:
    message = GetMessageClass(descriptor)()
    chosen = {oneof.name: draw(st.sampled_from(list(oneof.fields))) for oneof in descriptor.oneofs}
    for field in descriptor.fields:
        oneof = field.containing_oneof
        is_left_out = oneof is not None and chosen[oneof.name] is not field
        if is_left_out or (field.message_type is not None and depth >= _DEPTH):
            continue
        if draw(st.integers(0, 9)) < 8:
            _fill(draw, message, field, depth)
    return message


def _fill(draw: Any, message: Message, field: FieldDescriptor, depth: int) -> None:
    if is_map(field):
        _fill_map(draw, getattr(message, field.name), field)
    elif field.is_repeated:
        count = draw(st.integers(0, 3))
        values = [_value(draw, field, depth) for _ in range(count)]
        getattr(message, field.name).extend(values)
    elif field.message_type is not None:
        getattr(message, field.name).CopyFrom(_value(draw, field, depth))
    else:
        setattr(message, field.name, _value(draw, field, depth))


def _fill_map(draw: Any, entries: Any, field: FieldDescriptor) -> None:
    assert field.message_type is not None
    key, value = (field.message_type.fields_by_name[name] for name in ("key", "value"))
    for _ in range(draw(st.integers(0, 2))):
        entries[_value(draw, key, _DEPTH)] = _value(draw, value, _DEPTH)


def _value(draw: Any, field: FieldDescriptor, depth: int) -> Any:
    if field.message_type is not None:
        return _drawn(draw, field.message_type, depth + 1)
    return draw(_scalars(field))


def _scalars(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    match field.cpp_type:
        case FieldDescriptor.CPPTYPE_STRING if field.type == FieldDescriptor.TYPE_BYTES:
            return st.binary(max_size=20)
        case FieldDescriptor.CPPTYPE_STRING:
            return _strings(field.name)
        case FieldDescriptor.CPPTYPE_ENUM if field.enum_type is not None:
            return st.sampled_from([v.number for v in field.enum_type.values]) | _INTEGERS
        case FieldDescriptor.CPPTYPE_BOOL:
            return st.booleans()
        case FieldDescriptor.CPPTYPE_DOUBLE | FieldDescriptor.CPPTYPE_FLOAT:
            return st.floats(width=32)
        case FieldDescriptor.CPPTYPE_UINT32 | FieldDescriptor.CPPTYPE_UINT64:
            return st.integers(0, 100)
        case _:
            return _INTEGERS


def _strings(name: str) -> st.SearchStrategy[str]:
    secret = st.tuples(texts(), st.sampled_from(SECRETS), texts()).map("".join)
    near = st.sampled_from(_NEAR[name]) if name in _NEAR else texts()
    return st.one_of(near, near, near, secret, texts())
