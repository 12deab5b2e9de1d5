"""What an answer of OAI-PMH 2.0 may look like, said again from the text of the protocol (sections 3.2 to 4).

The schema at openarchives.org may not be fetched by tests; this one asks for the same elements in the same order, for
dates in UTC to the second, and for sets, prefixes and error codes written as the protocol wants them.
"""

from lxml import etree

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
DATE = rf"\d{{4}}-\d\d-\d\d|{MOMENT}"
MAIL = r"\S+@(\S+\.)+\S+"
WORD = r"[A-Za-z0-9\-_\.!~\*'\(\)]+"
SET = f"{WORD}(:{WORD})*"
CODES = (
    "badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "idDoesNotExist", "noRecordsMatch",
    "noMetadataFormats", "noSetHierarchy",
)  # fmt: skip
VERBS = ("Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords")


def restricted(name: str, facets: str) -> str:
    """A simple type."""
    return f'<simpleType name="{name}"><restriction base="string">{facets}</restriction></simpleType>'


def pattern(expression: str) -> str:
    """What matches a regular expression."""
    return f'<pattern value="{expression}"/>'


def choices(values: tuple[str, ...]) -> str:
    """One of some words."""
    return "".join(f'<enumeration value="{value}"/>' for value in values)


def sequence(name: str, *parts: str, attributes: str = "") -> str:
    """A complex type of parts in their order."""
    return f'<complexType name="{name}"><sequence>{"".join(parts)}</sequence>{attributes}</complexType>'


def one(name: str, type_: str = "string", occurs: str = "") -> str:
    """An element."""
    return f'<element name="{name}" type="{type_}" {occurs}/>'


MANY = 'maxOccurs="unbounded"'
ANY = 'minOccurs="0" maxOccurs="unbounded"'
MAYBE = 'minOccurs="0"'
ANYTHING = '<any namespace="##other" processContents="lax"/>'

SCHEMA = f"""
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:o="{NAMESPACE}" targetNamespace="{NAMESPACE}"
        elementFormDefault="qualified">
{restricted("moment", pattern(MOMENT))}
{restricted("date", pattern(DATE))}
{restricted("word", pattern(WORD))}
{restricted("set", pattern(SET))}
{restricted("mail", pattern(MAIL))}
{restricted("code", choices(CODES))}
{restricted("verb", choices(VERBS))}
<complexType name="error"><simpleContent><extension base="string">
  <attribute name="code" type="o:code" use="required"/></extension></simpleContent></complexType>
<complexType name="request"><simpleContent><extension base="anyURI">
  <attribute name="verb" type="o:verb"/><attribute name="identifier" type="anyURI"/>
  <attribute name="metadataPrefix" type="o:word"/><attribute name="from" type="o:date"/>
  <attribute name="until" type="o:date"/><attribute name="set" type="o:set"/>
  <attribute name="resumptionToken" type="string"/></extension></simpleContent></complexType>
<complexType name="token"><simpleContent><extension base="string">
  <attribute name="cursor" type="nonNegativeInteger"/><attribute name="expirationDate" type="o:moment"/>
</extension></simpleContent></complexType>
{sequence("anything", ANYTHING)}
{
    sequence(
        "header",
        one("identifier", "anyURI"),
        one("datestamp", "o:moment"),
        one("setSpec", "o:set", ANY),
        attributes='<attribute name="status" fixed="deleted"/>',
    )
}
{sequence("record", one("header", "o:header"), one("metadata", "o:anything", MAYBE))}
{sequence("format", one("metadataPrefix", "o:word"), one("schema", "anyURI"), one("metadataNamespace", "anyURI"))}
{sequence("group", one("setSpec", "o:set"), one("setName"))}
{
    sequence(
        "Identify",
        one("repositoryName"),
        one("baseURL", "anyURI"),
        one("protocolVersion"),
        one("adminEmail", "o:mail", MANY),
        one("earliestDatestamp", "o:moment"),
        one("deletedRecord"),
        one("granularity"),
        one("description", "o:anything", ANY),
    )
}
{sequence("ListMetadataFormats", one("metadataFormat", "o:format", MANY))}
{sequence("ListSets", one("set", "o:group", MANY), one("resumptionToken", "o:token", MAYBE))}
{sequence("GetRecord", one("record", "o:record"))}
{sequence("ListIdentifiers", one("header", "o:header", MANY), one("resumptionToken", "o:token", MAYBE))}
{sequence("ListRecords", one("record", "o:record", MANY), one("resumptionToken", "o:token", MAYBE))}
<element name="OAI-PMH"><complexType><sequence>
  {one("responseDate", "o:moment")}{one("request", "o:request")}
  <choice>{one("error", "o:error", MANY)}{"".join(one(verb, f"o:{verb}") for verb in VERBS)}</choice>
</sequence></complexType></element>
</schema>
"""

GRAMMAR = etree.XMLSchema(etree.fromstring(SCHEMA))


def check(document: bytes) -> None:
    """Fail with what is wrong where the document is no answer of the protocol."""
    GRAMMAR.assertValid(etree.fromstring(document))
