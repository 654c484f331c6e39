"""The server of a class over real sockets: pages, lines, coming back, going on after a restart."""

import asyncio
import gzip
import json
import threading

import httpx
import pytest
from starlette.websockets import WebSocketState
from websockets.exceptions import InvalidStatus

from sim.classroom import channels
from sim.classroom.channels import Line
from sim.classroom.class_files import copy_class
from sim.classroom.limits import Bucket
from sim.classroom.pages import Page
from sim.classroom.serve import ClassServer
from sim.classroom.store import ClassStore
from sim.errors import PlaceError

from .conftest import CODE, PATIENCE, PIN, PLAIN, eventually


def address(server, path="/"):
    return f"http://127.0.0.1:{server.port}{path}"


def logged_in(server, pin=PIN):
    client = httpx.Client(base_url=address(server), timeout=PATIENCE)
    answer = client.post("/console/login", json={"pin": pin})
    assert answer.status_code == 200, answer.text
    return client


def phase_of(console, phase):
    return console.until(lambda view: view["phase"] == phase and not view.get("computing"))


def go_to(console, phase):
    """Go on until the class is in this phase and everything is computed."""
    while True:
        view = console.until(lambda view: not view.get("computing"))
        if view["phase"] == phase:
            return view
        before = (view["phase"], view["round"])
        assert console.ask("act", do="next")["type"] == "ack"
        console.until(lambda view, before=before: (view["phase"], view["round"]) != before)


class TestPages:
    @pytest.mark.parametrize(
        ("path", "page"),
        [("/", "phone"), (f"/j/{CODE}", "phone"), ("/j/%3Cb%3E", "phone"), ("/board", "board"),
         ("/board?key=wrong", "board"), ("/console", "console")],
    )  # fmt: skip
    def test_a_page_takes_no_seat(self, server, path, page):
        for method in ("GET", "HEAD"):
            answer = httpx.request(method, address(server, path), headers={"accept-encoding": ""})
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert int(answer.headers["content-length"]) == len(PLAIN[page].plain)
            assert answer.content == (PLAIN[page].plain if method == "GET" else b"")
        assert server.count() == 0
        assert server.room.state.seats == {}

    def test_headers_of_every_answer(self, server):
        for method, path, status in (
            ("GET", "/", 200), ("GET", "/health", 200), ("GET", "/nothing", 404),
            ("POST", "/", 405), ("POST", "/console/login", 415), ("GET", "/console/x", 404),
            ("GET", "/console/class.strollclass", 403), ("GET", "/favicon.ico", 204),
        ):  # fmt: skip
            answer = httpx.request(method, address(server, path))
            assert answer.status_code == status, path
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-frame-options"] == "DENY"
            assert "server" not in answer.headers
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy

    def test_packed_where_the_browser_can(self, serve, store):
        server = serve(store, pages={**PLAIN, "phone": _page()})
        packed = httpx.get(address(server), headers={"accept-encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "accept-encoding"
        assert packed.content == _page().plain
        assert f"ws://127.0.0.1:{server.port}" in packed.headers["content-security-policy"]

    def test_nothing_else_is_there(self, server):
        for path in (
            "/docs", "/openapi.json", "/static/x", "/.git/config", "/../../etc/passwd", "/j/", "/j",
            "/j/a/b", "/%2e%2e/%2e%2e/etc/passwd", "/console/../health/x", "//evil", "/ws/phone",
            "/console/%2e%2e%2fstore.py", "/assets/classroom/phone.html",
        ):  # fmt: skip
            answer = httpx.get(address(server, path), follow_redirects=False)
            assert answer.status_code in (404, 307), path
            if answer.status_code == 307:  # to the same path without a slash at its end
                assert answer.headers["location"].startswith(address(server))
            assert answer.text == ""


def _page():

    plain = b"<!doctype html>" + b"street " * 500
    return Page(plain, gzip.compress(plain), "connect-src ws://{host}; default-src 'none'")


class TestPhone:
    def test_hello_then_join_then_view(self, server, browse):
        phone = browse(server)
        welcome = phone.ask("hello", code="k4rd 7x")
        assert welcome == {
            "type": "welcome", "id": 1, "seat": None, "phase": "lobby",
            "title": {"zh": "第一场直播", "en": "The first live"}, "languages": ["zh", "en"],
        }  # fmt: skip
        joined = phone.ask("join", name="小林", pin="4071", language="zh")
        assert joined["type"] == "joined"
        view = phone.until(lambda view: True)
        assert view["me"]["name"] == "小林"
        assert (view["phase"], view["code"], view["language"]) == ("lobby", CODE, "zh")
        assert server.names() == ["小林"]
        assert phone.ask("ping")["type"] == "pong"
        phone.say("language", language="en")
        assert phone.until(lambda view: view["language"] == "en")["title"] == "The first live"

    @pytest.mark.parametrize(
        "early", [("join", {"name": "a", "pin": "4071"}), ("ready", {"round": 0, "ready": True})]
    )
    def test_order(self, server, browse, early):
        phone = browse(server)
        refused = phone.ask(early[0], **early[1])
        assert (refused["type"], refused["key"]) == ("refused", "too_early")
        phone.ask("hello", code=CODE)
        assert phone.ask("choose", round=0, hand={})["key"] == "no_seat"
        assert server.count() == 0

    def test_a_wrong_code(self, server, browse):
        phone = browse(server)
        for code in ("CCCCCC", "", "x" * 64, None, "K4RD7Y"):
            fields = {} if code is None else {"code": code}
            answer = phone.ask("hello", **fields)
            assert answer["type"] == "refused"
            assert answer["key"] in ("wrong_code", "malformed")
        assert phone.ask("join", name="a", pin="4071")["key"] == "too_early"
        assert phone.ask("hello", code=CODE)["type"] == "welcome"

    def test_a_token_brings_back_and_a_false_one_does_not(self, server, join, browse):
        first = join(server, "小林")
        again = browse(server)
        assert again.ask("hello", code=CODE, token=first.token)["seat"] == first.seat
        assert again.until(lambda view: True)["me"]["seat"] == first.seat
        for token in ("x" * 32, first.token[:-1], first.token.swapcase(), "é"):
            stranger = browse(server)
            assert stranger.ask("hello", code=CODE, token=token)["seat"] is None
        assert server.count() == 1

    def test_another_phone_signs_the_first_off(self, server, join, browse):
        first = join(server, "小林", pin="9352")
        second = browse(server)
        second.ask("hello", code=CODE)
        for name, pin in (("小林", "9353"), ("小王", "9352"), ("小林", "99"), ("\u202e", "9352")):
            refused = second.ask("resume", name=name, pin=pin)
            assert (refused["type"], refused["key"]) == ("refused", "wrong_pin"), (name, pin)
            assert refused["text"]
        back = second.ask("resume", name=" 小林 ", pin="９３５２")
        assert (back["type"], back["seat"]) == ("joined", first.seat)
        assert first.closed() == 1000
        assert first.heard[-1]["key"] == "elsewhere"
        third = browse(server)
        assert third.ask("hello", code=CODE, token=first.token)["seat"] is None
        assert third.ask("hello", code=CODE, token=back["token"])["seat"] == first.seat

    @pytest.mark.parametrize("pin", ["0000", "1234", "4321", "1212", "2580", "8901", "5544"])
    def test_pins_that_a_neighbour_would_try_first(self, server, browse, pin):
        phone = browse(server)
        phone.ask("hello", code=CODE)
        answer = phone.ask("join", name="小林", pin=pin, language="en")
        assert answer["key"] == "easy_pin"
        assert "too easy" in answer["text"]
        assert server.count() == 0

    def test_presence(self, server, join):
        phone = join(server, "小林")
        assert server.room.present(phone.seat)
        phone.socket.close()
        eventually(lambda: not server.room.present(phone.seat))

    def test_one_phone_asks_one_question_at_a_time(self, server, join):
        phone = join(server, "小林")
        answer = phone.ask("branch", round=0, hand={"tactic": "patient"})
        assert answer["key"] == "not_open"
        assert phone.ask("diary", shopper=3)["type"] == "refused"


class TestBoard:
    def test_only_with_its_key_and_only_to_look(self, server, browse):
        for path in ("/ws/board", "/ws/board?key=", "/ws/board?key=x", f"/ws/board?key={CODE}"):
            with pytest.raises(InvalidStatus):
                browse(server, path)
        board = browse(server, f"/ws/board?key={server.board_url.rpartition('=')[2]}")
        view = board.until(lambda view: True)
        assert view["lobby"]["url"] == server.url
        assert view["lobby"]["qr_svg"].startswith("<svg")
        assert board.ask("act", do="next")["key"] == "unknown_type"
        assert board.ask("join", name="a", pin="4071")["key"] == "unknown_type"
        board.say("language", language="en")
        assert board.until(lambda view: view["language"] == "en")["title"] == "The first live"
        assert server.phase() == "lobby"

    def test_it_hears_of_everything(self, server, browse, join, teach):
        board = browse(server, f"/ws/board?key={server.board_url.rpartition('=')[2]}")
        join(server, "小林")
        board.until(lambda view: view["lobby"]["count"] == 1)
        teach(server).ask("act", do="next")
        board.until(lambda view: view["phase"] == "brief")

    def test_a_choice_of_address_reaches_it(self, server, browse):
        board = browse(server, f"/ws/board?key={server.board_url.rpartition('=')[2]}")
        board.until(lambda view: True)
        server.addresses += ("192.168.7.8",)
        server.choose("192.168.7.8")
        server.choose("203.0.113.99")  # not one of ours
        view = board.until(lambda view: "192.168.7.8" in view["lobby"]["url"])
        assert view["lobby"]["url"] == server.url


class TestConsole:
    def test_nothing_without_the_pin(self, server, browse):
        console = browse(server, "/ws/console")
        assert console.hear()["key"] == "login"
        assert console.ask("act", do="next")["key"] == "login"
        wrong = console.ask("login", pin="000000")
        assert (wrong["type"], wrong["key"]) == ("refused", "console_pin")
        assert console.view is None
        assert server.phase() == "lobby"
        console.say("login", pin=PIN)
        assert console.until(lambda view: True)["urls"]["join"] == server.url
        assert console.ask("act", do="next")["type"] == "ack"
        assert server.phase() == "brief"

    def test_a_cookie_is_as_good_and_outlives_a_restart(self, serve, store, class_path, browse):
        server = serve(store)
        client = logged_in(server)
        cookie = client.cookies.jar._cookies["127.0.0.1"]["/"][f"stroll_{CODE.lower()}"]
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite").lower() == "strict"
        header = {"cookie": f"{cookie.name}={cookie.value}"}
        assert browse(server, "/ws/console", additional_headers=header).hear()["type"] == "welcome"
        server.stop()
        again = serve(ClassStore.open(class_path), pin="771100")
        assert browse(again, "/ws/console", additional_headers=header).hear()["type"] == "welcome"
        bad = {"cookie": f"{cookie.name}={cookie.value}x"}
        assert browse(again, "/ws/console", additional_headers=bad).hear()["key"] == "login"
        # the pin that the terminal shows now is the one that counts
        with httpx.Client() as stranger:
            for pin, status in ((PIN, 403), ("771100", 200)):
                answer = stranger.post(address(again, "/console/login"), json={"pin": pin})
                assert answer.status_code == status

    def test_what_cannot_be_is_refused_in_words(self, server, teach):
        console = teach(server)
        for action in ({"do": "dance"}, {"do": "remove", "seat": 99}, {"do": "undo"},
                       {"do": "settings", "settings": {"mode": "vote"}}):  # fmt: skip
            answer = console.ask("act", **action)
            assert answer["type"] == "refused", action
            assert answer["text"]

    def test_a_copy_while_it_goes_on(self, server, join, tmp_path):
        join(server, "小林")
        assert httpx.get(address(server, "/console/class.strollclass")).status_code == 403
        answer = logged_in(server).get("/console/class.strollclass")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        copied = tmp_path / "copy.strollclass"
        copied.write_bytes(answer.content)
        with ClassStore.open(copied) as there:
            assert [secret.name for secret in there.seat_secrets().values()] == ["小林"]

    def test_deleting_from_the_console(self, server, teach, class_path):
        console = teach(server)
        wrong = console.ask("act", do="delete", confirm="WRONGO")
        assert (wrong["type"], class_path.exists()) == ("refused", True)
        assert console.ask("act", do="delete", confirm=CODE.lower())["type"] == "ack"
        assert server.wait(PATIENCE)
        assert server.deleted
        assert list(class_path.parent.glob("*strollclass*")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_class(serve, store, class_path, join, teach, browse, tmp_path, language):
    """Three phones through every phase, the server stopped in the middle, on another laptop."""
    server = serve(store)
    console = teach(server)
    console.say("language", language=language)
    names = ("小林", "Ana", "<b>x</b>")
    phones = [join(server, name, "4071", language) for name in names]
    go_to(console, "brief")
    for phone in phones:
        assert len(phone.until(lambda view: view["phase"] == "brief")["brief"]["lines"]) == 5
    go_to(console, "deciding")
    for phone, tactic in zip(phones, ("patient", "rushed", "patient"), strict=True):
        view = phone.until(lambda view: view["phase"] == "deciding")
        assert tactic in {choice["id"] for choice in view["deciding"]["choices"]}
        saved = phone.ask("choose", round=0, hand={"tactic": tactic}, ready=True)
        assert saved["type"] == "ack", saved
        assert phone.until(lambda view: view["deciding"]["ready"])["deciding"]["mine"]
    late = phones[0].ask("choose", round=1, hand={"tactic": "patient"}, ready=True)
    assert late["type"] == "refused"
    crowd = console.until(lambda view: True)["crowd"]
    go_to(console, "computed")
    digests = [server.room.outcome(phone.seat).digest() for phone in phones]
    assert digests[0] == digests[2] != digests[1]

    # the laptop falls; what was copied goes on elsewhere
    copied = copy_class(class_path, tmp_path / "second" / "class.strollclass")
    server.stop()
    second = serve(ClassStore.open(copied))
    assert second.phase() == "computed"
    assert second.names() == list(names)
    console = teach(second)
    console.say("language", language=language)
    back = []
    for phone in phones:
        there = browse(second)
        assert there.ask("hello", code=CODE, token=phone.token)["seat"] == phone.seat
        there.say("language", language=language)
        there.seat = phone.seat
        back.append(there)
    assert console.until(lambda view: not view.get("computing"))["crowd"] == crowd
    assert [second.room.outcome(phone.seat).digest() for phone in back] == digests

    go_to(console, "debrief")
    for phone in back:
        view = phone.until(lambda view: view["phase"] == "debrief" and not view.get("computing"))
        assert view["debrief"]["final"]["net_sales"] is not None
    branch = back[1].ask("branch", round=0, hand={"tactic": "patient"})
    assert branch["type"] == "branch", branch
    assert branch["result"]["before"] != branch["result"]["after"]
    people = branch["result"]["people"]
    if people:
        diary = back[1].ask("diary", shopper=people[0]["shopper"],
                            branch={"round": 0, "hand": {"tactic": "patient"}})  # fmt: skip
        assert diary["type"] == "diary"
    assert all(view_is_plain(phone.view) for phone in back)


def view_is_plain(view):
    return json.loads(json.dumps(view, allow_nan=False)) == view


class TestServer:
    def test_a_busy_port_means_the_next(self, serve, new_store, tmp_path):
        one = serve(new_store(tmp_path / "one.strollclass"))
        store = new_store(tmp_path / "two.strollclass")
        two = ClassServer(store, port=one.port, address="127.0.0.1", pages=PLAIN)
        try:
            two.start()
            assert two.wished_port == one.port < two.port
            assert httpx.get(address(two, "/health")).json() == {"ok": True}
        finally:
            two.stop()

    def test_no_port_at_all(self, new_store, class_path):
        store = new_store()
        server = ClassServer(store, address="203.0.113.9", pages=PLAIN)
        with pytest.raises(PlaceError, match="No port"):
            server.start()
        ClassStore.open(class_path).close()  # let go of

    def test_a_missing_page_ends_before_it_begins(self, new_store, class_path, monkeypatch):
        from sim.classroom import pages

        monkeypatch.setattr(pages, "assets_folder", lambda: class_path.parent)
        with pytest.raises(PlaceError, match=r"phone\.html"):
            ClassServer(new_store()).start()
        ClassStore.open(class_path).close()

    def test_stopping_tells_the_phones_and_frees_the_file(self, server, join, class_path):
        phone = join(server, "小林")
        server.stop()
        assert phone.closed() in (1001, 1012)
        assert not server.going
        server.stop()
        with ClassStore.open(class_path) as again:
            assert again.number == 2
        assert sorted(path.name for path in class_path.parent.glob("*stroll*")) == [class_path.name]

    def test_what_a_lobby_asks(self, server, join):
        assert server.names() == []
        join(server, "小林")
        join(server, "Ana")
        assert (server.names(), server.count()) == (["小林", "Ana"], 2)
        assert server.phase() == "lobby"
        assert server.url.endswith(f"/j/{CODE}")
        assert server.console_url.endswith("/console")
        assert server.problem is None
        assert server.scenario.title.text("en") == "The first live"
        assert server.address in server.addresses

    def test_a_slip_in_a_view_throws_nobody_out(self, server, join, monkeypatch):
        phone = join(server, "小林")
        phone.until(lambda view: True)
        monkeypatch.setattr(server.room, "view_phone", lambda seat, language: 1 / 0)
        phone.say("language", language="en")
        assert phone.ask("ping")["type"] == "pong"
        monkeypatch.undo()
        phone.say("language", language="en")
        phone.until(lambda view: view["language"] == "en")

    def test_a_disk_that_refuses_acknowledges_nothing(self, server, browse, join, teach):
        phone = join(server, "小林")
        connection = server.store._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        joined = 0
        for number in range(200):
            other = browse(server)
            other.ask("hello", code=CODE)
            answer = other.ask("join", name=f"n{number}", pin="4071", language="en")
            if answer["type"] == "refused":
                break
            joined += 1
        assert "disk is full" in answer["text"]
        assert server.count() == 1 + joined
        connection.execute("PRAGMA max_page_count = 1000000")
        assert other.ask("join", name=f"n{number}", pin="4071")["type"] == "joined"
        assert phone.ask("ping")["type"] == "pong"


class Socket:
    """A web socket that takes nothing until its gate is open, and from which nothing comes."""

    application_state = WebSocketState.CONNECTED

    def __init__(self):
        self.sent = []
        self.gate = asyncio.Event()

    async def send_text(self, text):
        await self.gate.wait()
        self.sent.append(json.loads(text))

    async def receive(self):
        await asyncio.Event().wait()

    async def close(self, *given):
        pass


def played(script, view):
    """Runs script(line, socket) on a line that shows what `view()` gives."""

    async def play():
        socket = Socket()
        line = Line(socket, Bucket(20, 2), view)
        task = asyncio.create_task(line.run(None))
        await script(line, socket)
        line.end()
        await task
        return socket.sent

    return asyncio.run(asyncio.wait_for(play(), PATIENCE))


async def until(found):
    while not found():
        await asyncio.sleep(0.001)


class TestViews:
    def test_a_slow_phone_gets_the_newest_only(self, monkeypatch):
        monkeypatch.setattr(channels, "SECONDS_BETWEEN_VIEWS", 0.0)
        shown = {"number": 0}

        async def script(line, socket):
            for number in range(1, 50):
                shown["number"] = number
                line.changed()
                await asyncio.sleep(0)
            socket.gate.set()
            await until(lambda: socket.sent and socket.sent[-1]["view"]["number"] == 49)

        assert len(played(script, lambda: dict(shown))) <= 2

    def test_a_pause_between_views_but_not_before_answers(self, monkeypatch):
        monkeypatch.setattr(channels, "SECONDS_BETWEEN_VIEWS", 3600.0)
        shown = {"number": 0}

        async def script(line, socket):
            socket.gate.set()
            for number in range(50):
                shown["number"] = number
                line.changed()
                line.answer("pong", number)
                await until(lambda n=number: any(data.get("id") == n for data in socket.sent))

        kinds = [data["type"] for data in played(script, lambda: dict(shown))]
        assert (kinds.count("view"), kinds.count("pong")) == (1, 50)

    def test_what_shows_nothing_new_is_not_sent(self, monkeypatch):
        monkeypatch.setattr(channels, "SECONDS_BETWEEN_VIEWS", 0.0)
        made = []

        def view():
            made.append(len(made))
            return {"version": len(made), "seconds_left": 30.0 - len(made), "phase": "lobby"}

        async def script(line, socket):
            socket.gate.set()
            for number in range(1, 6):
                line.changed()
                await until(lambda n=number: len(made) == n)
            line.show_again()
            await until(lambda: len(socket.sent) == 2)

        assert [data["view"]["version"] for data in played(script, view)] == [1, 6]

    def test_whoever_never_reads_is_let_go(self):
        async def script(line, socket):
            for number in range(1000):
                line.answer("pong", number)
            assert len(line._answers) <= 100
            socket.gate.set()

        assert played(script, lambda: None)[0] == {"type": "pong", "id": 0}


def test_many_phones_at_once(serve, store, join):
    """Forty phones join from as many threads; everybody has an own seat."""
    server = serve(store)
    seats, wrong = [], []

    def come(number):
        try:
            seats.append(join(server, f"名{number}", "4071").seat)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=come, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sorted(seats) == list(range(1, 41))
    assert server.count() == 40
