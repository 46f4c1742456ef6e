"""The service over real HTTP: uvicorn on a loopback port, httpx as a stranger would use it."""

import concurrent.futures
import contextlib
import json
import socket
import tempfile
import threading
import time

import httpx
import jsonschema
import pytest
import service
import uvicorn

import starkit as sk
from starkit.data import read_text

ADVERT = read_text("examples/adverts/nurse.txt").encode()
STORIES = read_text("examples/stories/nurse.yaml").encode()

LONGEST_START = 120  # seconds: the pipeline is loaded first, on a busy machine


@contextlib.contextmanager
def serving(**limits):
    """Serve on a free loopback port; give a client of it."""
    app = service.create_app(service.Limits(**limits))
    config = uvicorn.Config(app, log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            latest = time.monotonic() + LONGEST_START
            while not server.started:
                assert thread.is_alive()
                assert time.monotonic() < latest
                time.sleep(0.02)
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def client():
    """Return a client of a service with the usual limits, save for time: test machines are busy."""
    with serving(seconds=110) as client:
        yield client


def sent(client, advert=ADVERT, stories=STORIES, name="stories.yaml", form=None, **data):
    """Send an advert and stories, and return the response."""
    files = {"advert": ("advert.txt", advert), "stories": (name, stories)}
    return client.post("/packs", files=files, data=data, params={"form": form} if form else {})


def told(response):
    """Return the kind and the message of an error."""
    [(key, error)] = response.json().items()
    assert key == "error"
    return error["kind"], error["message"]


def test_pack_as_json(client):
    """The upload gives the pack in its published form, and no store keeps it."""
    response = sent(client, interview_date="2026-12-17", timescale="a week")
    jsonschema.validate(response.json(), sk.InterviewPack.schema())

    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["plan"]["touch_points"]
    assert len(response.json()["preparations"]) > 5


@pytest.mark.parametrize(
    ("form", "kind", "start"),
    [("html", "text/html", "<!doctype html>"), ("markdown", "text/markdown", "# ")],
)
def test_pack_for_people(client, form, kind, start):
    """The page and the Markdown of the library, whole."""
    response = sent(client, form=form)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert response.text.lower().startswith(start)


def test_same_upload_gives_the_same_pack(client):
    """Nothing is kept from one request to the next."""
    assert sent(client).json() == sent(client).json()


def test_requests_at_the_same_time_are_kept_apart(client):
    """Each gets the pack of its own advert."""
    adverts = [f"You will need:\n- Experience of task number {n}\n" for n in range(4)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        responses = list(pool.map(lambda text: sent(client, text.encode()), adverts))

    assert adverts == [response.json()["advert"]["text"] + "\n" for response in responses]


@pytest.mark.parametrize(
    ("given", "status", "kind", "word"),
    [
        ({"advert": b""}, 422, "FileError", "advert: "),
        ({"advert": b"\x89PNG\r\n\x1a\n" + bytes(50)}, 422, "FileError", "a picture"),
        ({"stories": b"- title: [", "name": "s.yaml"}, 422, "FileError", "stories.yaml: "),
        ({"stories": b"- reslut: x"}, 422, "StoryFileError", "reslut"),
        ({"stories": b"- title: [", "name": "../../etc/x.exe"}, 422, "FileError", "stories.exe"),
        ({"timescale": "a week"}, 422, "request", "interview_date"),
        ({"interview_date": "soon"}, 422, "request", "interview_date"),
        ({"interview_date": "2026-12-17", "timescale": "in due course"}, 422, "TimescaleError", ""),
        ({"interview_date": "2026-12-17", "country": "XX"}, 422, "PlaceError", "XX"),
        ({"form": "pdf"}, 422, "request", "form"),
    ],
)
def test_what_is_wrong_is_told_as_json(client, given, status, kind, word):
    """One error with its kind and its message; no path of this machine and no traceback."""
    response = sent(client, **given)
    found, message = told(response)

    assert (status, kind) == (response.status_code, found), message
    assert word in message
    assert tempfile.gettempdir() not in message
    assert "Traceback" not in response.text


def test_missing_file_and_unknown_address(client):
    """The framework's own errors come in the same form."""
    missing = client.post("/packs", files={"advert": ("a.txt", ADVERT)})
    nowhere = client.get("/nowhere")

    assert (422, "request") == (missing.status_code, told(missing)[0])
    assert "stories" in told(missing)[1]
    assert (404, "request") == (nowhere.status_code, told(nowhere)[0])


def test_too_large_is_refused():
    """By bytes, said or not, by characters and by stories; the service goes on."""
    one = b"- title: T%d\n  situation: s\n  task: t\n  action: a\n  result: r\n"
    many = b"".join(one % number for number in range(4))
    with serving(body_bytes=20_000, advert_characters=5_000, stories=3, seconds=110) as client:
        said = sent(client, advert=b"word " * 10_000)
        start = b'--b\r\nContent-Disposition: form-data; name="advert"; filename="a"\r\n\r\n'
        unsaid = client.post(
            "/packs",
            content=iter([start, *[b"x" * 1000] * 30]),
            headers={"content-type": "multipart/form-data; boundary=b"},
        )
        long = sent(client, advert=b"Nurse wanted for a ward. " * 400, stories=one % 1)
        full = sent(client, advert=b"You need:\n- Experience of rotas\n", stories=many)
        fine = sent(client, advert=b"You need:\n- Experience of rotas\n", stories=one % 1)

    assert [413, 413, 422, 422, 200] == [
        response.status_code for response in (said, unsaid, long, full, fine)
    ]
    assert "20000 bytes" in told(said)[1]
    assert "5000 characters" in told(long)[1]
    assert "3 stories" in told(full)[1]


def test_what_takes_too_long_is_told():
    """503 with a time to try again; the service still answers."""
    with serving(seconds=0.001) as client:
        late = sent(client)
        health = client.get("/health")

    assert (503, "10") == (late.status_code, late.headers["retry-after"])
    assert "longer than 0.001 seconds" in told(late)[1]
    assert {"status": "ok", "starkit": sk.__version__} == health.json()


def test_queue_has_an_end(monkeypatch):
    """Who finds too many waiting is told at once, and those who wait get their packs."""
    begun, may_end = threading.Event(), threading.Event()
    prepare = sk.prepare

    def held(*given, **options):
        begun.set()
        assert may_end.wait(100)
        return prepare(*given, **options)

    monkeypatch.setattr(sk, "prepare", held)
    with (
        serving(waiting=0, seconds=110) as client,
        concurrent.futures.ThreadPoolExecutor(1) as pool,
    ):
        first = pool.submit(sent, client)
        try:
            assert begun.wait(60)
            refused = sent(client)
        finally:
            may_end.set()

    assert (first.result().status_code, refused.status_code) == (200, 503)


def test_description_of_the_service(client):
    """OpenAPI names the upload, so that clients can be made from it."""
    described = client.get("/openapi.json").json()

    assert {"/packs", "/health"} == set(described["paths"])
    assert "multipart/form-data" in json.dumps(described["paths"]["/packs"])
