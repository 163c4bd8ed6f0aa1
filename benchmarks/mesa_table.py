"""The table of the object-per-agent model: who sits, what is said, pledged and carried home."""

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from mesa_agents import Municipality, Organisation, Provider
from mesa_cases import NeedState
from mesa_ties import BOARD, LAYERS, PRACTICE

if TYPE_CHECKING:
    from mesa_objects import Region

MONTHS_A_YEAR = 12


def take_seats(model: "Region") -> None:
    """At the first meeting and each year after: who sits, and who speaks for whom."""
    table = model.table
    since = model.month - table.first_meeting_month
    if table.delegation == "nobody" or since < 0 or since % MONTHS_A_YEAR != 0:
        return
    for municipality in model.municipalities:
        municipality.seated = True
    share = table.rotation.share_per_year
    providers = list(model.providers)
    model.random.shuffle(providers)
    if since == 0:
        entering = select(model, table.seats)
    else:
        number = int(share * table.seats + 0.5)
        sitting = sorted((p for p in providers if p.seated), key=lambda p: p.seated_since)
        waiting = sorted(
            (p for p in providers if not p.seated),
            key=lambda p: -1 if p.last_sat is None else p.last_sat,
        )
        entering = waiting[:number]
        for provider in sitting[:number]:
            provider.seated = False
            provider.last_sat = model.month
    for provider in entering:
        provider.seated = True
        provider.seated_since = model.month
        term = int(MONTHS_A_YEAR / share + 0.5) if share > 0.0 else None
        provider.term_ends = None if term is None else model.month + term
    seats = [provider for provider in providers if provider.seated]
    for provider in providers:
        if provider.seated:
            provider.last_sat = model.month
            provider.delegate = None
        else:
            provider.delegate = max(seats, key=lambda seat: merit_of(provider, seat))


def merit_of(home: Provider, seat: Provider) -> float:
    """How far a provider at home trusts and resembles a seat."""
    return home.ties[seat].integrity_trust(BOARD) * similarity(home, seat)


def similarity(one: Organisation, other: Organisation) -> float:
    """How alike interests are."""
    apart = [abs(a - b) for a, b in zip(one.interests, other.interests, strict=True)]
    return 1.0 - sum(apart) / len(apart) / 2.0


def select(model: "Region", seats: int) -> list[Provider]:
    """The municipalities select for strategic role and representativeness, one by one."""
    providers = list(model.providers)
    weight = model.table.strategic_weight
    role = np.array([p.hours[PRACTICE] * len(p.fields) ** 0.5 for p in providers])
    role = role / role.max()
    alike = np.array([[similarity(one, other) for other in providers] for one in providers])
    nearest = np.zeros(len(providers))
    chosen: list[int] = []
    for _ in range(min(seats, len(providers))):
        covered = np.maximum(nearest[:, None], alike).mean(axis=0) - nearest.mean()
        merit = weight * role + (1.0 - weight) * covered / max(covered.max(), 1e-12)
        merit[chosen] = -np.inf
        chosen.append(int(np.argmax(merit)))
        nearest = np.maximum(nearest, alike[:, chosen[-1]])
    return [providers[number] for number in chosen]


def meets_this_month(model: "Region") -> bool:
    """Whether there is a table, and it meets."""
    since = model.month - model.table.first_meeting_month
    is_convened = model.table.delegation != "nobody" and since >= 0
    return is_convened and since % model.table.meets_every_months == 0


def table_meets(model: "Region") -> None:
    """One meeting: seats decide, hear each other, agree on a field, and pledge."""
    if not meets_this_month(model):
        return
    pledges_are_reviewed(model)
    a = model.attention
    unprepared = a.table_hours + a.preparation_hours * model.cooperation.minimal_effort
    present = [one for one in model.agents if one.seated and one.has_time(BOARD, unprepared)]
    model.present = present if len(present) > 1 else []
    if not model.present:
        return
    opened = {}
    for seat in present:
        price = seat.price_of_effort(0.0) * seat.preparation_share()
        prepares = seat.has_time(BOARD, a.table_hours + a.preparation_hours)
        gain = gain_at_table(seat, present) - price if prepares else -math.inf
        opened[seat] = seat.decides(gain)
    for seat in present:
        seat.spend(BOARD, a.table_hours + a.preparation_hours * seat.effort(opened[seat]))
    everybody_hears(model, present, opened, a.table_hours / len(present))
    delegates_speak_for_home(model, present, opened)
    model.agreed = largest_shortage(model, opened)
    for seat in present:
        if opened[seat] and isinstance(seat, Provider):
            may_pledge(seat, present)


def gain_at_table(seat: Organisation, present: list[Organisation]) -> float:
    """What a seat expects of dealings with those present, on average."""
    p = seat.model.cooperation
    future = future_of(seat)
    others = [other for other in present if other in seat.ties]
    gains = [seat.ties[other].expected_gain(p, BOARD, future) for other in others]
    return sum(gains) / len(gains) if gains else 0.0


def future_of(seat: Organisation) -> float:
    """Share of the usual future that still counts for a seat."""
    if seat.term_ends is None:
        return 1.0
    left = min(1.0, max(0.0, seat.term_ends - seat.model.month) / MONTHS_A_YEAR)
    return 1.0 - seat.model.cooperation.anticipation * (1.0 - left)


def everybody_hears(
    model: "Region",
    present: list[Organisation],
    opened: dict[Organisation, bool],
    hours: float,
) -> None:
    """All have the floor for ``hours``, so every two have to do with each other for twice as long."""
    together = 2.0 * hours
    for number, one in enumerate(present):
        for other in present[number + 1 :]:
            if other not in one.ties:
                continue
            model.encounter(one, other, BOARD, together)
            one.ties[other].experiences(BOARD, together, opened[other])
            other.ties[one].experiences(BOARD, together, opened[one])
            if opened[one] and opened[other]:
                one.commits_to(other, BOARD, together)
                other.commits_to(one, BOARD, together)
            if opened[one]:
                one.tells(other)
            if opened[other]:
                other.tells(one)


def delegates_speak_for_home(
    model: "Region", present: list[Organisation], opened: dict[Organisation, bool]
) -> None:
    """An open delegate tells the municipalities there what it knows of those it speaks for."""
    municipalities = [one for one in present if isinstance(one, Municipality)]
    for home in model.providers:
        delegate = home.delegate
        if delegate is None or not opened.get(delegate, False) or home not in delegate.ties:
            continue
        for municipality in municipalities:
            if home in municipality.ties:
                delegate.retells(home, municipality)


def largest_shortage(model: "Region", opened: dict[Organisation, bool]) -> int | None:
    """The field with most care hours short, as far as open seats put it on the table."""
    short: defaultdict[int, float] = defaultdict(float)
    for seat, is_open in opened.items():
        if is_open and isinstance(seat, Provider):
            short[seat.domain] += max(0.0, seat.queue - seat.hours[PRACTICE])
    for need in model.needs_in(NeedState.OPEN):
        if opened.get(need.asker, False):
            short[need.field] += need.hours
    if not short or max(short.values()) <= 0.0:
        return None
    return max(sorted(short), key=lambda field: short[field])


def may_pledge(seat: Provider, present: list[Organisation]) -> None:
    """A provider in the field of the joint agreement decides whether to pledge hours."""
    agreed = seat.model.agreed
    if agreed is None or not seat.can(agreed) or not seat.chooses(gain_at_table(seat, present)):
        return
    pressed = [seat.ties[m].dependence for m in present if isinstance(m, Municipality)]
    pledges(seat, max(pressed, default=0.0))


def pledges(provider: Provider, pressed: float) -> None:
    """A month of the room that a provider believes to have."""
    room = provider.room()
    hours = provider.hours[PRACTICE] * (room + provider.overlooks(pressed) * (1.0 - room))
    if hours > 0.0:
        provider.pledged = hours
        provider.step_field = provider.model.agreed
        provider.told = [1.0 if provider.one_person or layer == BOARD else 0.0 for layer in LAYERS]
        provider.is_pledger = True
        provider.model.counts["pledges"] += 1


def pledges_are_reviewed(model: "Region") -> None:
    """What became of the pledges of the last meeting; was it a joint step?"""
    pledgers = [provider for provider in model.providers if provider.is_pledger]
    honoured = sum(provider.honoured > 0 and not provider.refused for provider in pledgers)
    called_on = honoured + sum(provider.refused for provider in pledgers)
    if honoured >= max(2, model.table.agreement_needs * called_on):
        model.counts["joint_steps"] += 1
    for provider in pledgers:
        provider.is_pledger = provider.refused = False
        provider.honoured = 0
        provider.pledged = 0.0


def word_travels_home(model: "Region") -> None:
    """After a meeting: every delegate reports to those it speaks for, or does not."""
    if not meets_this_month(model) or not model.present:
        return
    for delegate in model.providers.select(lambda provider: provider.seated):
        base = [p for p in model.providers if p.delegate is delegate and p in delegate.ties]
        if base:
            reports_to(delegate, base)


def reports_to(delegate: Provider, base: list[Provider]) -> None:
    """Whether a delegate reports, and what its base makes of it."""
    model = delegate.model
    p, hours = model.cooperation, model.attention.report_hours
    future = future_of(delegate)
    gain = sum(delegate.ties[home].expected_gain(p, BOARD, future) for home in base) / len(base)
    reports = model.table.reporting_back or delegate.chooses(gain - delegate.price_of_effort(0.0))
    reports = reports and delegate.has_time(BOARD, hours) and delegate in model.present
    if reports:
        delegate.spend(BOARD, hours)
    for home in base:
        reached = reports and model.random.random() < model.word.reach
        if reached or not reports:
            home.ties[delegate].experiences(BOARD, hours / len(base), reports)
        if reached:
            hears_word(home, delegate, hours / len(base))


def hears_word(home: Provider, delegate: Provider, hours: float) -> None:
    """A provider at home hears of the meeting, and makes up its mind."""
    model = home.model
    model.encounter(delegate, home, BOARD, hours)
    model.counts["heard_at_home"] += 1
    home.tells(delegate)
    for seat in delegate.ties:
        if seat.seated and seat is not home and seat in home.ties:
            delegate.retells(seat, home)
    tie = home.ties[delegate]
    in_favour = home.chooses(tie.expected_gain(model.cooperation, BOARD))
    model.counts["in_favour"] += in_favour
    if in_favour and model.agreed is not None and home.can(model.agreed) and not home.is_pledger:
        pledges(home, tie.dependence)
