"""Wikidata's classes and properties, and ours.

The class of an item stands in its statement "instance of" (P31). Wikidata has 100 000 classes;
these are the ones that most items of interest have. `--class Q11691=ORGANIZATION` adds others, and
an import says which classes it passed over.
"""

from __future__ import annotations

from nisba_service.names.types import EntityType

INSTANCE_OF = "P31"

_PEOPLE = ("Q5",)  # human
_ORGANIZATIONS = (
    # of every kind
    *("Q43229", "Q484652", "Q245065", "Q163740", "Q79913", "Q157031", "Q48204", "Q2659904"),
    # political: party, government, ministry, agency, parliament, movement, union
    *("Q7278", "Q7188", "Q192350", "Q327333", "Q35749", "Q49773", "Q178790"),
    # armed: armed forces, army, unit, intelligence agency, armed and terrorist organisation
    *("Q772547", "Q37726", "Q176799", "Q47913", "Q17149090", "Q17127659"),
    # business: business, company, enterprise, public company, bank, airline, group, state-owned
    *("Q4830453", "Q783794", "Q6881511", "Q891723", "Q22687", "Q46970", "Q219577", "Q270791"),
    # media: newspaper, television, broadcaster, news agency, publisher, news site
    *("Q11032", "Q1616075", "Q15265344", "Q192283", "Q2085381", "Q17232649"),
    # learning, health, sport: university, research institute, hospital, football and sports club
    *("Q3918", "Q875538", "Q902104", "Q31855", "Q16917", "Q476028", "Q847017"),
)
_LOCATIONS = (
    # states and their parts: country, state, dependency, disputed territory, province, district
    *("Q6256", "Q3624078", "Q7275", "Q161243", "Q15239622", "Q56061", "Q34876", "Q149621"),
    *("Q10864048", "Q13220204", "Q35657", "Q1221156", "Q3024240", "Q1620908"),
    # settlements: city, big city, capital, town, village, municipality, quarter, refugee camp
    *("Q515", "Q1549591", "Q5119", "Q3957", "Q532", "Q486972", "Q15284", "Q123705", "Q622499"),
    *("Q1637706", "Q5084"),
    # nature: region, continent, island, sea, river, lake, mountain, range, desert, valley, strait
    *("Q82794", "Q5107", "Q23442", "Q165", "Q4022", "Q23397", "Q8502", "Q46831", "Q8514"),
    *("Q39816", "Q37901", "Q34763"),
)
CLASSES: dict[str, EntityType] = {
    **dict.fromkeys(_PEOPLE, EntityType.PERSON),
    **dict.fromkeys(_ORGANIZATIONS, EntityType.ORGANIZATION),
    **dict.fromkeys(_LOCATIONS, EntityType.LOCATION),
}

RELATIONS = {
    "P102": "member_of",  # political party
    "P463": "member_of",
    "P108": "employee_of",
    "P361": "part_of",
    "P749": "subsidiary_of",  # parent organisation
    "P131": "located_in",  # administrative unit
    "P17": "located_in",  # country
    "P159": "located_in",  # headquarters
    "P27": "citizen_of",
    "P19": "born_in",
    "P22": "child_of",  # father
    "P25": "child_of",  # mother
    "P26": "spouse_of",
    "P3373": "sibling_of",
}
"""What an item is to the one that a statement names."""

REVERSED = {
    "P6": "leader_of",  # head of government
    "P35": "leader_of",  # head of state
    "P488": "leader_of",  # chairperson
    "P169": "leader_of",  # chief executive
    "P112": "founder_of",
    "P127": "owner_of",
}
"""What the one that a statement names is to the item."""

OTHER_IDS = {"P1566": "geonames", "P214": "viaf", "P213": "isni", "P227": "gnd", "P1278": "leiCode"}
"""Identifiers elsewhere, by what we call them."""
