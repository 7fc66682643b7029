"""The placement: its order and reasons by example, and what must hold of it whatever comes, by an own checker."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.placement import Hopeful, Move, Seat, Why, moves, place
from partnerdesk.domain.placement_words import explanation, what_changed

KYOTO = Seat(1, "Kyoto", places=1)
LYON = Seat(2, "Lyon", places=1, languages=("fr B2",))
PORTO = Seat(3, "Porto", places=2, levels=("6",), fields=("04",))


def applicant(n, score, *wishes, **more):
    return Hopeful(n, (score,), **{"level": "6", "field": "0421", "languages": {"fr": "B1"},
                                   "wishes": tuple((w, "") for w in wishes), **more})


def test_that_each_gets_the_best_wish_that_is_free_and_allowed_and_reads_why():
    done = place((KYOTO, LYON, PORTO), (applicant(1, 81.5, 1), applicant(2, 70, 1, 2, 3)))
    assert done.placed == {1: 1, 2: 3}
    assert str(explanation(done, 2)) == (
        "Wish 1 Kyoto is full (1 of 1, last placed 81.5 points); "
        "wish 2 Lyon asks for B2 in French, has B1; wish 3 Porto: placed.")
    assert done.wish_met(2) == 3


def test_that_the_level_and_the_field_with_its_broader_codes_are_looked_at():
    def why(**more):
        return place((PORTO,), (applicant(1, 50, 3, **more),)).whys[1]

    assert why() == (Why.PLACED,)
    assert why(level="7") == (Why.LEVEL,)
    assert why(field="0311") == (Why.FIELD,)
    assert why(field="") == (Why.FIELD,)
    said = explanation(place((PORTO,), (applicant(1, 50, 3, level="7"),)), 1)
    assert str(said) == "Wish 1 Porto takes Bachelor (EQF 6), not Master (EQF 7)."


def test_that_any_one_of_several_languages_will_do():
    seat = Seat(1, "Genève", places=3, languages=("de C1", "fr B1"))
    assert place((seat,), (applicant(1, 50, 1),)).placed == {1: 1}
    assert place((seat,), (applicant(1, 50, 1, languages={"it": "C2"}),)).whys[1] == (Why.LANGUAGE,)


def test_that_nobody_is_placed_where_no_number_of_places_was_agreed():
    assert place((Seat(1, "Kyoto"),), (applicant(1, 50, 1),)).whys[1] == (Why.NO_NUMBER,)


def test_that_equal_points_go_to_who_was_entered_first_and_that_it_is_said():
    done = place((KYOTO,), (applicant(5, 70, 1), applicant(3, 70, 1)))
    assert done.placed == {3: 1}
    assert "last placed 70.0 points too, with all parts equal, and was entered first" in str(explanation(done, 5))


def test_that_a_part_of_the_score_decides_between_equal_points():
    done = place((KYOTO,), (replace(applicant(1, 70, 1), order=(70, 0.4)), replace(applicant(2, 70, 1),
                                                                                  order=(70, 0.9))))
    assert done.placed == {2: 1}
    assert "with more in the first part that differs" in str(explanation(done, 1))


def test_that_the_share_of_a_faculty_is_not_exceeded_and_the_rest_is_left_to_the_others():
    seat = Seat(1, "Kyoto", places=3, shares={10: 1})
    law = [applicant(n, 90 - n, 1, units=(11, 10)) for n in (1, 2)]
    others = [applicant(n, 50 - n, 1, units=(20,)) for n in (3, 4, 5)]
    done = place((seat,), law + others)
    assert done.placed == {1: 1, 3: 1, 4: 1}
    assert done.whys[2] == (Why.SHARE_FULL,)
    assert str(explanation(done, 2)).startswith(
        "Wish 1 Kyoto has no place left for this faculty (1 of 1, last placed 89.0 points)")


def test_that_a_place_given_by_hand_is_kept_and_takes_its_place_first():
    done = place((KYOTO, PORTO), (applicant(1, 90, 1, 3), applicant(2, 10, kept=1)))
    assert done.placed == {2: 1, 1: 3}
    assert "all promised before" in str(explanation(done, 1))
    assert str(explanation(done, 2)) == "Placed at Kyoto by the office."


def test_that_somebody_placed_by_hand_beyond_the_quota_leaves_nothing_for_others():
    done = place((KYOTO,), (applicant(1, 90, 1), applicant(2, 10, kept=1), applicant(3, 9, kept=1)))
    assert done.filled[1].taken == 2
    assert 1 not in done.placed


def test_that_a_whole_year_takes_two_of_the_places_counted_in_semesters():
    seat = Seat(1, "Kyoto", places=3, takes={"1/1": 2.0, "": 1.0})
    year = replace(applicant(1, 90, 1), wishes=((1, "1/1"),))
    again = replace(applicant(2, 80, 1), wishes=((1, "1/1"),))
    done = place((seat,), (year, again, applicant(3, 70, 1)))
    assert done.placed == {1: 1, 3: 1}
    # the last semester went to somebody who needed no more
    assert str(explanation(done, 2)).startswith("Wish 1 Kyoto is full (3 of 3")


def test_that_the_next_of_the_waiting_list_moves_up_when_somebody_withdraws():
    everybody = [applicant(1, 90, 1), applicant(2, 80, 1, 3), applicant(3, 70, 1)]
    before = place((KYOTO, PORTO), everybody)
    assert before.filled[1].waiting == [2, 3]
    after = place((KYOTO, PORTO), [replace(everybody[0], out=True), *everybody[1:]])
    found = moves(before, after)
    assert found == [Move(2, 3, 1), Move(1, 1, None)]
    said = [str(what_changed(before, after, move)) for move in found]
    assert said[0] == "Moves from Porto to Kyoto (wish 1), where a place is free now."
    assert said[1] == "Leaves Kyoto."


def test_that_a_condition_of_a_department_is_for_its_faculty_and_for_no_other():
    seat = Seat(1, "Kyoto", places=3, units=(11, 10))

    def said(*units):
        return str(explanation(place((seat,), (applicant(1, 50, 1, units=units),)), 1))

    assert said(11, 10) == said(10) == said(12, 11, 10) == "Wish 1 Kyoto: placed."
    assert said(20) == "Wish 1 Kyoto is for another faculty."
    assert said() == "Wish 1 Kyoto is for one of our faculties, that of the applicant is not known."


LEVELS = ("6", "7", "8")
FIELDS = ("0421", "0311", "0732")
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")


@st.composite
def offices(draw):
    chance = random.Random(draw(st.integers(0, 10**9)))
    seats = [
        Seat(
            n, f"Partner {n}", places=chance.choice((None, 0, 1, 2, 3, 4)), taken=chance.choice((0, 0, 0, 1)),
            open=chance.random() > 0.1, fits=chance.random() > 0.1,
            levels=chance.choice(((), ("6",), ("6", "7"))), fields=chance.choice(((), ("04",), ("0732", "031"))),
            languages=chance.choice(((), ("en B1",), ("fr B2", "de"))),
            takes=chance.choice(({}, {"1/1": 2.0, "": 1.0})),
            units=chance.choice(((), (), (), (1,), (4, 1))), shares=chance.choice(({}, {}, {1: 1}, {1: 1, 2: 1})))
        for n in range(1, draw(st.integers(1, 6)) + 1)]
    people = []
    for n in range(1, draw(st.integers(0, 25)) + 1):
        wishes = chance.sample([seat.id for seat in seats], min(len(seats), chance.randint(0, 4)))
        kept = chance.choice(wishes) if wishes and chance.random() < 0.1 else None
        people.append(Hopeful(
            n, (float(chance.randint(0, 5)),), chance.choice(LEVELS), chance.choice(FIELDS),
            {"en": chance.choice(CEFR), "fr": chance.choice(CEFR)}, chance.choice(((), (1,), (3, 1), (2,))),
            tuple((seat, chance.choice(("1/2", "1/1"))) for seat in wishes), kept, "1/2",
            kept is None and chance.random() < 0.1))
    return seats, people


def obstacle(seat, person, term):
    """Written anew for the check, from what an agreement says: what keeps a person from a seat, in one word."""
    if not seat.open:
        return Why.CLOSED
    if not seat.fits:
        return Why.ACTIVITY
    if seat.units and seat.units[0] not in person.units and not set(person.units[:1]) & set(seat.units):
        return Why.UNIT
    if seat.levels and person.level not in seat.levels:
        return Why.LEVEL
    if seat.fields and all(person.field[:len(code)] != code for code in seat.fields):
        return Why.FIELD
    wanted = [each.split(" ") for each in seat.languages]
    met = [code for code, *level in wanted
           if code in person.languages and (not level or CEFR.index(person.languages[code]) >= CEFR.index(level[0]))]
    if wanted and not met:
        return Why.LANGUAGE
    return Why.NO_NUMBER if seat.places is None else None


def size(seat, term):
    return 2 if term == "1/1" and seat.takes else 1


def sitting(done, seat, before=None):
    """Whoever holds the seat with what they take; `before` leaves out those chosen after somebody."""
    for i, where in done.placed.items():
        person = done.hopefuls[i]
        earlier = before is None or person.kept is not None or done.ranks[i] < done.ranks[before]
        if where == seat.id and earlier:
            yield person, size(seat, person.kept_term if person.kept else dict(person.wishes)[seat.id])


def room(done, seat, person, before=None):
    """What is free for a person: of the whole seat, and of the share of the person's faculty."""
    there = list(sitting(done, seat, before))
    whole = seat.places - seat.taken - sum(n for _, n in there)
    if not seat.shares:
        return whole, whole
    mine = [u for u in person.units if u in seat.shares][:1]
    same = sum(n for other, n in there if [u for u in other.units if u in seat.shares][:1] == mine)
    given = seat.shares[mine[0]] if mine else seat.places - sum(seat.shares.values())
    return whole, given - same


@given(offices())
def test_that_no_quota_or_share_is_exceeded_by_those_who_were_chosen(office):
    seats, people = office
    done = place(seats, people)
    for person in people:
        seat = next((s for s in seats if s.id == done.placed.get(person.id)), None)
        if seat is not None and person.kept is None:
            assert min(room(done, seat, person)) >= 0 or any(o.kept == seat.id for o in people)
            assert min(room(done, seat, person, before=person.id)) >= size(seat, dict(person.wishes)[seat.id])


@given(offices())
def test_that_nobody_has_a_reason_to_envy_who_comes_later(office):
    seats, people = office
    done = place(seats, people)
    by_id = {seat.id: seat for seat in seats}
    for person in people:
        if person.out or person.kept is not None:
            continue
        for seat, term in ((by_id[wanted], term) for wanted, term in person.wishes):
            if done.placed.get(person.id) == seat.id:
                break
            free = seat.places is not None and min(room(done, seat, person, before=person.id)) >= size(seat, term)
            assert obstacle(seat, person, term) is not None or not free


@given(offices())
def test_that_every_reason_is_true(office):
    seats, people = office
    done = place(seats, people)
    by_id = {seat.id: seat for seat in seats}
    for person in people:
        assert str(explanation(done, person.id))
        for (wanted, term), why in zip(person.wishes, done.whys.get(person.id, ()), strict=False):
            seat = by_id[wanted]
            if why in (Why.FULL, Why.SHARE_FULL):
                whole, share = room(done, seat, person, before=person.id)
                assert obstacle(seat, person, term) is None
                assert (whole if why == Why.FULL else share) < size(seat, term)
            elif why == Why.PLACED:
                assert done.placed[person.id] == wanted
            elif why != Why.NOT_NEEDED:
                assert obstacle(seat, person, term) == why


@given(offices(), st.randoms())
def test_that_the_same_applicants_get_the_same_places_in_whatever_order_they_come(office, chance):
    seats, people = office
    done = place(seats, people)
    chance.shuffle(seats)
    chance.shuffle(people)
    again = place(seats, people)
    assert (again.placed, again.whys, again.ranks) == (done.placed, done.whys, done.ranks)
    assert moves(done, again) == []


@given(offices())
def test_that_a_placement_that_is_kept_as_it_came_out_comes_out_again(office):
    seats, people = office
    done = place(seats, people)
    kept = [replace(p, kept=done.placed.get(p.id), kept_term=dict(p.wishes).get(done.placed.get(p.id), "1/2"))
            if p.kept is None else p for p in people]
    assert place(seats, kept).placed == done.placed


@given(offices())
def test_that_whoever_withdraws_makes_nobody_lose_a_better_wish(office):
    seats, people = office
    # a place for a year and one for a semester are no longer alike, nor are those of two faculties
    seats = [replace(seat, takes={}, shares={}) for seat in seats]
    done = place(seats, people)
    for gone in [p.id for p in people if p.id in done.placed][:3]:
        after = place(seats, [replace(p, out=True, kept=None) if p.id == gone else p for p in people])
        for person in people:
            if person.id != gone and not person.out and person.kept is None:
                assert (after.wish_met(person.id) or 99) <= (done.wish_met(person.id) or 99)
