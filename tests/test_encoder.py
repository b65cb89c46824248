"""The encoder: texts to vectors of meaning."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoder import Encoder, cosine, load_encoder


def test_near_meanings_are_near() -> None:
    """A paraphrase without a shared word is nearer than a sentence on something else."""
    encode = load_encoder().encode
    question = encode("How many people were summoned for duty?")
    near = cosine(question, encode("The country called up 20,000 reservists."))
    far = cosine(question, encode("The soup was served cold with bread."))
    assert near > far + 0.2


def test_a_text_has_one_vector_whatever_it_is_asked_with() -> None:
    """What else is encoded, and in which order, changes nothing."""
    one, other = Encoder(), Encoder()
    other.encode("A much longer sentence about the weather, dogs and bread.")
    assert (one.encode("It sails on Monday.") == other.encode("It sails on Monday.")).all()


@settings(max_examples=25)
@given(st.text(max_size=400))
def test_any_text_has_a_vector_of_length_one(text: str) -> None:
    """Empty, long and strange texts are encoded like any other."""
    vector = load_encoder().encode(text)
    assert vector.shape == (384,)
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-3
