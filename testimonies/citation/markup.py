"""XML, made as a tree: nothing is ever put together from strings."""

from xml.etree import ElementTree

from testimonies import texts

Element = ElementTree.Element

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

ElementTree.register_namespace("xsi", XSI)


def namespace(prefix: str, address: str) -> str:
    """The namespace, which is written with this prefix from now on."""
    ElementTree.register_namespace(prefix, address)
    return f"{{{address}}}"


def root(tag: str, schema: str = "") -> Element:
    """A root element; `schema` says where the schemas of its namespaces are."""
    made = Element(tag)
    if schema:
        made.set(f"{{{XSI}}}schemaLocation", schema)
    return made


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child; attributes without a value are left out. Characters that XML cannot carry are dropped."""
    child = ElementTree.SubElement(parent, tag)
    child.text = texts.clean(text) or None
    for name, value in attributes.items():
        if value:
            child.set(name, texts.clean(value))
    return child


def in_language(element: Element, tag: str) -> Element:
    """The same element, marked with the language of what is in it."""
    if tag:
        element.set(f"{{{XML}}}lang", tag)
    return element


def written(tree: Element, *, indented: bool = True) -> bytes:
    """The document in UTF-8, indented for people unless white space means something in it."""
    if indented:
        ElementTree.indent(tree)
    return ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n"
