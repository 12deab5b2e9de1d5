"""What the public may read: publications, the log, the identifier ledger and the open vocabularies."""

from .agent import Agent, Collection
from .citing import CitingKind, CitingLetter, CitingWork
from .fields import CleanTextField, EDTFField, LanguageTagField, SealedTextField, WebAddressField
from .ledger import Identifier
from .letter import ANSWERED_WITHIN, Letter
from .log import LogHead, PublicationEvent, append_event, append_events
from .picture import Picture
from .place import Place, PlaceNameForm, PlaceRelation
from .publication import Edition, FrozenEdition, Passage, Publication, PublicationPlace, today
from .recorded import RecordedQuerySet
from .source import Contribution, Derivation, Source
from .tag import Tag, TagNameForm
from .vocabulary import AddressedVocabulary, NameForm, Part, Vocabulary
from .wave import Event, Wave, WaveNameForm
from .witness import Witness, WitnessNameForm, WitnessNameKey

__all__ = [
    "ANSWERED_WITHIN",
    "AddressedVocabulary",
    "Agent",
    "CitingKind",
    "CitingLetter",
    "CitingWork",
    "CleanTextField",
    "Collection",
    "Contribution",
    "Derivation",
    "EDTFField",
    "Edition",
    "Event",
    "FrozenEdition",
    "Identifier",
    "LanguageTagField",
    "Letter",
    "LogHead",
    "NameForm",
    "Part",
    "Passage",
    "Picture",
    "Place",
    "PlaceNameForm",
    "PlaceRelation",
    "Publication",
    "PublicationEvent",
    "PublicationPlace",
    "RecordedQuerySet",
    "SealedTextField",
    "Source",
    "Tag",
    "TagNameForm",
    "Vocabulary",
    "Wave",
    "WaveNameForm",
    "WebAddressField",
    "Witness",
    "WitnessNameForm",
    "WitnessNameKey",
    "append_event",
    "append_events",
    "today",
]
