"""What rude phones, guessing neighbours and pages from elsewhere meet."""

import json
import re

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sim.classroom import codes, messages
from sim.classroom.limits import Bucket, Buckets, Failures, Limits, address_key
from sim.classroom.messages import Malformed, read_message
from sim.classroom.serve import ClassServer
from sim.classroom.store import ClassStore

from .conftest import CODE, PIN, PLAIN, eventually

ROUND = {"type": "choose", "id": 1, "round": 0, "hand": {}}


@pytest.fixture(scope="module")
def one_server(tmp_path_factory, small_scenario):
    """A class that several tests may ask, as long as they leave nothing behind."""
    path = tmp_path_factory.mktemp("one") / "class.strollclass"
    store = ClassStore.create(path, small_scenario.canonical(), 7, CODE, "", {"rounds": 2})
    server = ClassServer(store, pin=PIN, port=0, address="127.0.0.1", pages=PLAIN)
    server.start()
    yield server
    server.stop()


class Clock:
    """Time that goes on when told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def refused_handshake(server, path="/ws/phone", **more):
    with pytest.raises(InvalidStatus) as raised:
        connect(f"ws://127.0.0.1:{server.port}{path}", **more)
    return raised.value.response.status_code


class TestHostAndOrigin:
    @pytest.mark.parametrize(
        ("host", "status"),
        [
            ("127.0.0.1:{port}", 200), ("localhost:{port}", 200), ("192.168.1.9", 200),
            ("[::1]:{port}", 200), ("10.0.0.3:{port}", 200),
            ("evil.example", 421), ("evil.example:{port}", 421), ("127.0.0.1.evil.example", 421),
            ("localhost.evil.example:80", 421), ("", 421), ("0x7f000001", 421), ("[::1", 421),
            ("127.0.0.1@evil.example", 421), ("evil.example#127.0.0.1", 421),
            ("[::1]x; script-src *", 421), ("127.0.0.1; script-src *", 421), ("[::1%;]", 421),
        ],
    )  # fmt: skip
    def test_a_name_of_somebody_elses_leads_nowhere(self, one_server, host, status):
        host = host.format(port=one_server.port)
        url = f"http://127.0.0.1:{one_server.port}/"
        for method in ("GET", "HEAD"):
            answer = httpx.request(method, url, headers={"host": host})
            assert answer.status_code == status
            assert "content-security-policy" in answer.headers

    @pytest.mark.parametrize("path", ["/ws/phone", "/ws/console", "/ws/board?key={key}"])
    @pytest.mark.parametrize(
        "origin", ["http://evil.example", "null", "http://127.0.0.1", "file://", "https://x:{port}"]
    )
    def test_a_page_from_elsewhere_gets_no_line(self, one_server, path, origin):
        key = one_server.board_url.rpartition("=")[2]
        origin = origin.format(port=one_server.port)
        assert refused_handshake(one_server, path.format(key=key), origin=origin) == 403

    def test_our_own_page_gets_one(self, one_server, browse):
        own = f"http://127.0.0.1:{one_server.port}"
        assert browse(one_server, origin=own).ask("hello", code=CODE)["type"] == "welcome"

    def test_a_form_of_another_page_logs_nobody_in(self, one_server):
        url = f"http://127.0.0.1:{one_server.port}/console/login"
        body = json.dumps({"pin": PIN})
        own = f"http://127.0.0.1:{one_server.port}"
        for headers, status in (
            ({"content-type": "application/json", "origin": "http://evil.example"}, 403),
            ({"content-type": "application/json", "origin": "null"}, 403),
            ({"content-type": "text/plain"}, 415),
            ({"content-type": "application/x-www-form-urlencoded"}, 415),
            ({}, 415),
            ({"content-type": "application/json", "host": "evil.example"}, 421),
            ({"content-type": "application/json; charset=utf-8", "origin": own}, 200),
        ):
            answer = httpx.post(url, content=body, headers=headers)
            assert answer.status_code == status, headers
            assert ("set-cookie" in answer.headers) == (status == 200)

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b"{}", b"null", b'{"pin": 482915}', b'{"pin": ""}', b"\xff\xfe",
                 b'{"pin": "' + b"1" * 2000 + b'"}', b"[" * 1000, b'{"pin": null}'],
    )  # fmt: skip
    def test_no_login_without_a_pin(self, one_server, body):
        url = f"http://127.0.0.1:{one_server.port}/console/login"
        answer = httpx.post(url, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400
        assert answer.json()["key"] == "malformed"


class TestRude:
    @pytest.mark.parametrize(
        "text",
        ["", "null", "[]", "{}", "true", "hello", '{"type":', '{"type": "join"}', "[" * 2000,
         '{"type": "dance", "id": 1}', '{"id": 1}', '{"type": 5}', '{"type": ["join"]}',
         '{"type": "hello", "code": 5}', '{"type": "hello", "code": "x", "more": 1}',
         '{"type":"hello","id":-1}', '{"type": "hello", "id": 1e400}', '{"type":"ping","id":1.5}',
         '{"type": "hello", "id": 99999999999999999999999}', '{"type": "ping", "type": "join"}',
         '{"type": "join", "name": "\\ud800", "pin": "4071"}', '{"type":"ping","id":NaN}',
         '{"type": "join", "name": "", "pin": "4071"}', '{"type": "choose", "round": true}'],
    )  # fmt: skip
    def test_malformed(self, one_server, browse, text):
        phone = browse(one_server)
        phone.socket.send(text)
        answer = phone.hear()
        assert answer["type"] == "refused"
        assert answer["key"] in ("malformed", "unknown_type")
        assert answer["text"]
        assert phone.ask("hello", code=CODE)["type"] == "welcome"

    def test_binary_is_read_like_text(self, one_server, browse):
        phone = browse(one_server)
        phone.socket.send(b"\x00\xff\xfe")
        assert phone.hear()["key"] == "malformed"
        phone.socket.send(b'{"type": "ping", "id": 4}')
        assert phone.hear() == {"type": "pong", "id": 4}

    def test_whoever_never_makes_sense_is_let_go(self, one_server, browse):
        phone = browse(one_server)
        for _ in range(10):
            phone.socket.send("?")
        assert phone.closed() == 1008
        assert [data["key"] for data in phone.heard] == ["malformed"] * 10

    def test_a_message_that_is_too_large_ends_the_line(self, one_server, browse):
        phone = browse(one_server)
        phone.socket.send(json.dumps({"type": "ping", "pad": "x" * 5000}))
        assert phone.closed() == 1009

    def test_too_many_messages(self, server, join):
        phone = join(server, "小林")
        for number in range(200):
            try:
                phone.socket.send(json.dumps({"type": "ping", "id": 1000 + number}))
            except Exception:  # closed already
                break
        assert phone.closed() == 1008
        slowed = [data for data in phone.heard if data.get("key") == "slow_down"]
        assert slowed
        assert all(data["id"] >= 1000 for data in slowed)

    def test_a_rude_phone_costs_the_others_nothing(self, server, join, browse):
        good = join(server, "小林")
        for _ in range(5):
            rude = browse(server)
            rude.socket.send("x" * 5000)
            assert rude.closed() == 1009
        assert good.ask("ping")["type"] == "pong"
        assert server.count() == 1

    @pytest.mark.parametrize(
        "fields",
        [{"hand": {"tactic": 5}}, {"hand": {"nothing": 1}}, {"hand": {"tactic": "no_such"}},
         {"hand": {"act": "../../etc"}}, {"hand": {"answers": [-1]}}, {"hand": []}, {"round": 99},
         {"hand": {"mix": {"explain": 5}}}, {"hand": {"seconds": 10**9}}, {"ready": "yes"},
         {"hand": {"product": "<script>"}}, {"round": "0"}],
    )  # fmt: skip
    def test_a_hand_that_is_none(self, server, join, teach, fields):
        console = teach(server)
        phone = join(server, "小林")
        for _ in range(3):
            console.ask("act", do="next")
        phone.until(lambda view: view["phase"] == "deciding" and not view.get("computing"))
        answer = phone.ask("choose", **{"round": 0, "hand": {}, "ready": True, **fields})
        assert answer["type"] == "refused"
        assert "Traceback" not in answer["text"]
        assert server.room.state.seats[phone.seat].draft is None


class TestGuessing:
    def test_join_codes(self, server, browse):
        tried = 0
        for _ in range(12):
            phone = browse(server)
            for _ in range(18):
                answer = phone.ask("hello", code=codes.new_code())
                tried += 1
                if answer["key"] == "slow_down":
                    break
            if answer["key"] == "slow_down":
                break
        assert answer["key"] == "slow_down"
        assert tried < 200
        # whoever holds a seat is not kept out by a neighbour who guesses
        assert server.count() == 0

    def test_seated_phones_come_back_while_codes_are_guessed(self, server, join, browse):
        mine = join(server, "小林")
        limits = server._hub.limits
        while limits.codes.may("127.0.0.1", "all"):
            limits.codes.failed("127.0.0.1", "all")
        assert browse(server).ask("hello", code=CODE)["key"] == "slow_down"
        back = browse(server)
        assert back.ask("hello", code=CODE, token=mine.token)["seat"] == mine.seat

    def test_a_seats_pin(self, server, join, browse):
        join(server, "小林", pin="9352")
        thief = browse(server)
        thief.ask("hello", code=CODE)
        keys = [thief.ask("resume", name="小林", pin=f"{n:04d}")["key"] for n in range(3000, 3008)]
        assert keys == ["wrong_pin"] * 5 + ["slow_down"] * 3
        # not by capitals, gaps or another line either
        other = browse(server)
        other.ask("hello", code=CODE)
        assert other.ask("resume", name=" 小林", pin="9352")["key"] == "slow_down"

    def test_many_seats_with_one_pin(self, server, join, browse):
        for number in range(12):
            join(server, f"n{number}", pin="9352")
        thief = browse(server)
        thief.ask("hello", code=CODE)
        answers = [thief.ask("resume", name=f"n{number}", pin="6174") for number in range(12)]
        keys = [answer["key"] for answer in answers]
        assert keys == ["wrong_pin"] * 10 + ["slow_down"] * 2

    def test_a_neighbour_who_guesses_keeps_nobody_out(self, server, join, browse):
        here, away = join(server, "小林", pin="9352"), join(server, "Ana", pin="6174")
        away.socket.close()
        eventually(lambda: not server.room.present(away.seat))
        limits = server._hub.limits
        for number in range(10):  # used up, behind one address, with other names
            limits.seats.failed(("127.0.0.1", number), number, "127.0.0.1")
        other = browse(server)
        other.ask("hello", code=CODE)
        # whose phone is here needs no other one just now
        assert other.ask("resume", name="小林", pin="9352")["key"] == "slow_down"
        assert other.ask("resume", name="nobody", pin="9352")["key"] == "slow_down"
        assert other.ask("resume", name="Ana", pin="6174")["type"] == "joined"
        assert here.ask("ping")["type"] == "pong"

    def test_whoever_is_away_is_guessed_at_no_faster(self, server, join, browse):
        away = join(server, "Ana", pin="6174")
        away.socket.close()
        eventually(lambda: not server.room.present(away.seat))
        limits = server._hub.limits
        for number in range(10):
            limits.seats.failed(("127.0.0.1", number), number, "127.0.0.1")
        thief = browse(server)
        thief.ask("hello", code=CODE)
        keys = [thief.ask("resume", name="Ana", pin=f"{n:04d}")["key"] for n in range(3000, 3004)]
        assert keys == ["wrong_pin"] + ["slow_down"] * 3

    def test_many_lines_at_once_are_no_more_tries(self, server, join, browse):
        join(server, "小林", pin="9352")
        thieves = [browse(server) for _ in range(12)]
        for thief in thieves:
            thief.ask("hello", code=CODE)
        asked = [thief.say("resume", name="小林", pin=f"{n:04d}") for n, thief in
                 enumerate(thieves, start=3000)]  # fmt: skip
        keys = []
        for thief, number in zip(thieves, asked, strict=True):
            while thief.hear().get("id") != number:
                pass
            keys.append(thief.heard[-1]["key"])
        assert sorted(keys) == ["slow_down"] * 7 + ["wrong_pin"] * 5

    def test_the_instructors_pin(self, server, browse):
        url = f"http://127.0.0.1:{server.port}/console/login"
        answers = [httpx.post(url, json={"pin": f"{n:06d}"}) for n in range(8)]
        assert [answer.status_code for answer in answers] == [403] * 5 + [429] * 3
        assert {answer.json()["key"] for answer in answers} == {"console_pin", "slow_down"}
        console = browse(server, "/ws/console")
        assert console.ask("login", pin=PIN)["key"] == "slow_down"

    def test_tokens(self, server, join, browse):
        join(server, "小林")
        stranger = browse(server)
        for token in (codes.new_token(), "1", "小林", "../../x", "0" * 64):
            assert stranger.ask("hello", code=CODE, token=token)["seat"] is None
        long = stranger.ask("hello", code=CODE, token="x" * 65)
        assert long["key"] == "malformed"

    def test_a_class_hour_is_too_short(self):
        """With every limit used up for an hour, from forty addresses at once."""
        clock = Clock()
        limits = Limits(clock)
        tried = {"code": 0, "seat": 0, "console": 0}
        for _ in range(3600):
            for address in range(40):
                if limits.codes.may(address, "all"):
                    limits.codes.failed(address, "all")
                    tried["code"] += 1
                keys = ((address, "name"), "name", address)
                if limits.seats.may(*keys):
                    limits.seats.failed(*keys)
                    tried["seat"] += 1
                if limits.console.may(address, "all"):
                    limits.console.failed(address, "all")
                    tried["console"] += 1
            clock.now += 1.0
        assert tried["code"] / len(codes.CODE_ALPHABET) ** codes.CODE_LETTERS < 0.001
        assert tried["seat"] / 10**codes.SEAT_PIN_DIGITS < 0.01
        assert tried["console"] / 10**codes.CONSOLE_PIN_DIGITS < 0.001

    def test_one_neighbour_for_an_hour(self):
        clock = Clock()
        limits = Limits(clock)
        on_one, on_any = 0, 0
        for second in range(3600):
            keys = (("a", "name"), "name", "a")
            if limits.seats.may(*keys):
                limits.seats.failed(*keys)
                on_one += 1
            other = f"other {second}"
            if limits.seats.may(("b", other), other, "b"):
                limits.seats.failed(("b", other), other, "b")
                on_any += 1
            clock.now += 1.0
        assert on_one <= 36
        assert on_any <= 191

    def test_a_class_behind_one_address_comes_in_at_once(self):
        limits = Limits(Clock())
        assert all(limits.joins.take("router") for _ in range(100))
        # two hundred phones reloading, each with page and line, three times
        assert all(limits.requests.take("router") for _ in range(1200))
        for number in range(200):
            # whoever knows the pin fails nothing, so nothing is counted
            assert limits.seats.may(("router", number), number, "router")
            assert limits.codes.may("router", "all")


class TestMarkup:
    NAMES = ("<b>x</b>", "<img src=x>", "</script><i>", '"onload="a"', "&lt;script&gt;", "{{7*7}}",
             "'; DROP--", "%3Cb%3E")  # fmt: skip

    def test_names_are_data_and_nothing_else(self, server, join, teach):
        phones = [join(server, name) for name in self.NAMES]
        console = teach(server)
        view = console.until(lambda view: len(view["seats"]) == len(self.NAMES))
        assert {seat["name"] for seat in view["seats"]} == set(self.NAMES)
        assert phones[0].until(lambda view: True)["me"]["name"] == self.NAMES[0]
        for path in ("/", "/board", "/console", "/health", "/j/<b>x</b>"):
            text = httpx.get(f"http://127.0.0.1:{server.port}{path}").text
            assert not any(name in text for name in self.NAMES)

    @pytest.mark.parametrize(
        "name",
        ["a\nb\x00", "\u202eabc", "\u200b", "   ", "\x1b[31m", "a" * 17, "\u0301" * 9, "\ufeff"],
    )
    def test_names_that_are_none(self, server, browse, name):
        phone = browse(server)
        phone.ask("hello", code=CODE)
        answer = phone.ask("join", name=name, pin="4071", language="en")
        assert answer["type"] == "refused"
        assert answer["text"]
        assert server.count() == 0

    def test_a_name_is_only_once_there(self, server, join, browse):
        join(server, "Ana Lin")
        phone = browse(server)
        phone.ask("hello", code=CODE)
        for name in ("ana lin", "ＡＮＡ ＬＩＮ", " Ana  Lin ", "AnaLin"):
            assert phone.ask("join", name=name, pin="4071")["key"] == "name_taken"

    def test_answers_hold_no_markup_of_ours(self, server, browse):
        phone = browse(server)
        answer = phone.ask("hello", code="<script>alert(1)</script>")
        assert "<script" not in json.dumps(answer)


class TestMessages:
    def test_every_message_of_a_phone(self):
        for fields in (
            {"type": "hello"}, {"type": "hello", "code": CODE, "token": "x", "language": "en"},
            {"type": "join", "name": "小林", "pin": "4071"},
            {"type": "resume", "name": "小林", "pin": "4071"},
            {"type": "bets", "bets": [{"number": 0, "probability": 0.5}]},
            {"type": "choose", "round": 0, "hand": {"tactic": "a"}, "ready": True},
            {"type": "ready", "round": 0, "ready": False},
            {"type": "branch", "round": 1, "hand": {}},
            {"type": "diary", "shopper": 3, "branch": {"round": 0, "hand": {}}},
            {"type": "language", "language": "zh"}, {"type": "ping"},
        ):  # fmt: skip
            message = read_message("phone", json.dumps({"id": 7, **fields}))
            assert message.id == 7
            assert message.type == fields["type"]

    def test_who_may_say_what(self):
        act = json.dumps({"type": "act", "id": 1, "do": "next"})
        for who in ("phone", "board"):
            with pytest.raises(Malformed, match="unknown_type"):
                read_message(who, act)
        assert read_message("console", act).action() == {"do": "next"}
        with pytest.raises(Malformed):
            read_message("board", json.dumps(ROUND))
        with pytest.raises(Malformed):
            read_message("console", json.dumps({"type": "act", "do": "../x"}))

    def test_the_number_of_a_message_that_is_wrong_is_known(self):
        with pytest.raises(Malformed) as raised:
            read_message("phone", json.dumps({**ROUND, "id": 12, "more": 1}))
        assert raised.value.id == 12

    def test_size_is_of_bytes(self):
        wide = json.dumps({"type": "ping", "pad": "字" * 1400}, ensure_ascii=False)
        assert len(wide) < messages.MAXIMUM_BYTES < len(wide.encode())
        with pytest.raises(Malformed, match="too_large"):
            read_message("phone", wide)


class TestCodes:
    def test_codes(self):
        made = {codes.new_code() for _ in range(200)}
        assert len(made) == 200
        assert all(re.fullmatch(f"[{codes.CODE_ALPHABET}]{{6}}", code) for code in made)
        assert not set(codes.CODE_ALPHABET) & set("0O1IL5S2Z8BUV")
        for typed in ("k4rd7x", " K4RD-7X ", "Ｋ４ＲＤ７Ｘ", "k4 rd 7x"):
            assert codes.same_code(typed, "K4RD7X")
        for typed in ("", "K4RD7", "K4RD7XX", "字"):
            assert not codes.same_code(typed, "K4RD7X")

    def test_pins(self):
        kept = codes.hash_pin("4071")
        assert kept != codes.hash_pin("4071")
        assert "4071" not in kept
        assert codes.check_pin("4071", kept)
        for pin, hashed in (("4072", kept), ("", kept), ("4071", ""), ("4071", kept + "0"),
                            ("4071", "scrypt$x$y")):  # fmt: skip
            assert not codes.check_pin(pin, hashed)
        assert codes.typed_pin(" ４０ 71", 4) == "4071"
        assert codes.typed_pin("407", 4) is codes.typed_pin("40711", 4) is None
        assert codes.typed_pin("٤٠٧١", 4) in (None, "4071")
        assert not any(codes.easy_pin(pin) for pin in ("4071", "9352", "6174", "1990"))


class TestLimits:
    def test_a_bucket(self):
        clock = Clock()
        bucket = Bucket(2, 0.5, clock)
        assert [bucket.take() for _ in range(3)] == [True, True, False]
        clock.now += 1.9
        assert not bucket.take()
        clock.now += 0.2
        assert bucket.take()
        clock.now -= 50  # a clock that is set back takes nothing away
        assert not bucket.take()
        clock.now += 1000
        assert [bucket.take() for _ in range(3)] == [True, True, False]

    def test_buckets_are_forgotten(self):
        clock = Clock()
        buckets = Buckets(1, 1, clock, most=50)
        for number in range(1000):
            assert buckets.take(number)
        assert len(buckets._of) <= 50
        assert not buckets.take(999)

    def test_failures_count_in_every_bucket(self):
        failures = Failures((2, 0.0), (3, 0.0), clock=Clock())
        failures.failed("a", "all")
        failures.failed("a", "all")
        assert not failures.may("a", "all")
        assert failures.may("b", "all")
        failures.failed("b", "all")
        assert not failures.may("b", "all")
        assert failures.may("c", None)

    def test_one_address(self):
        assert address_key("::ffff:192.168.1.5") == address_key("192.168.1.5") == "192.168.1.5"
        assert address_key("2001:db8::1") == address_key("2001:db8::ffff")
        assert address_key("2001:db8::1") != address_key("2001:db8:0:1::1")
        assert address_key("fe80::1%eth0") == address_key("fe80::2")
        assert address_key("") == ""
