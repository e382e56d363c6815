"""The load generator against a server that we know all about."""

from __future__ import annotations

import asyncio
from collections import Counter

from balai.bench import requests
from balai.bench.load import Generator, Plan, Result

ANSWERS = {
    "/good/": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood",
    "/chunked/": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n0\r\n\r\n",
    "/closing/": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "/broken/": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
}


def run(paths: list[str], **more: object) -> tuple[Result, Counter[str]]:
    """Send a GET of each path; the result, and what the server has seen."""
    seen: Counter[str] = Counter()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            path = head.split(" ")[1]
            seen[path] += 1
            if path == "/rude/":
                break
            writer.write(ANSWERS[path])
        writer.close()
        await writer.wait_closed()

    async def play() -> Result:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            texts = [requests.get("localhost", path) for path in paths]
            return await Generator(Plan(port, texts, 200, **{"clients": 2, **more})).run()

    return asyncio.run(play()), seen


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return ""


def test_each_request_is_sent_once() -> None:
    result, seen = run(["/good/", "/chunked/", "/closing/"] * 5)
    assert seen == {"/good/": 5, "/chunked/": 5, "/closing/": 5}
    assert (len(result.latencies), result.errors) == (15, [])


def test_another_status_and_a_cut_line_are_errors() -> None:
    result, seen = run(["/good/", "/broken/", "/rude/", "/good/"])
    assert seen == {"/good/": 2, "/broken/": 1, "/rude/": 1}
    assert len(result.latencies) == 2
    assert sorted(line.split(":")[0] for line in result.errors) == ["IncompleteReadError", "status 500"]


def test_open_loop_waits_for_the_schedule_not_for_the_answers() -> None:
    result, seen = run(["/good/"] * 20, instants=[at / 100 for at in range(20)])
    assert seen == {"/good/": 20}
    assert result.seconds >= 0.19
    assert len(result.latencies) == 20


def test_post_carries_cookie_and_token() -> None:
    text = requests.post("localhost", "/x/", {"berkas": "1"}, cookies={"sessionid": "s"})
    head, _, body = text.partition("\r\n\r\n")
    assert f"Content-Length: {len(body)}" in head
    assert f"Cookie: csrftoken={requests.CSRF_TOKEN}; sessionid=s" in head
    assert body == f"csrfmiddlewaretoken={requests.CSRF_TOKEN}&berkas=1"
