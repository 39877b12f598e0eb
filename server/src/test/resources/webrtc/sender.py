"""Signs in by live video with aiortc, which shares no code with browsers: ICE, DTLS, SRTP and SCTP of its own.

    sender.py SERVER DEPARTMENT CLIP SESSIONS AT_ONCE

CLIP is VP8; its packets are sent as they are, again and again. Prints for each session its outcome, the milliseconds from the
request for a session to the decision, and those to the open data channel.
"""

import asyncio
import fractions
import json
import sys
import time
import urllib.request

import av
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription

SERVER, DEPARTMENT, CLIP, SESSIONS, AT_ONCE = sys.argv[1:4] + [int(n) for n in sys.argv[4:6]]
RATE = 10

with av.open(CLIP) as clip:
    PACKETS = [bytes(packet) for packet in clip.demux(video=0) if packet.size]


class Camera(MediaStreamTrack):
    kind = "video"

    def __init__(self):
        super().__init__()
        self.sent = 0

    async def recv(self):
        if self.sent:
            await asyncio.sleep(1 / RATE)
        packet = av.Packet(PACKETS[self.sent % len(PACKETS)])
        packet.pts = packet.dts = self.sent * 90000 // RATE
        packet.time_base = fractions.Fraction(1, 90000)
        self.sent += 1
        return packet


def request(method, path, body, headers):
    asked = urllib.request.Request(SERVER + path, data=body, headers=headers, method=method)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.status, answer.read().decode(), answer.headers


async def sign_in():
    start = time.monotonic()
    connection = RTCPeerConnection()
    # The data channel as RFC 8841 has it, which this version of aiortc offers to those only who offered it so.
    connection._sctpLegacySdp = False
    heard = asyncio.get_running_loop().create_future()
    opened = []
    channel = connection.createDataChannel("vultus")

    @channel.on("message")
    def on_message(text):
        if not opened:
            opened.append(time.monotonic())
        message = json.loads(text)
        last = message["type"] == "authentication_complete" or (message["type"] == "result" and message.get("reason"))
        if last and not heard.done():
            heard.set_result("accepted" if message["type"] == "authentication_complete" else message["reason"])

    try:
        wish = json.dumps({"department": DEPARTMENT}).encode()
        _, text, _ = await asyncio.to_thread(
            request, "POST", "/face-auth/sessions", wish, {"Content-Type": "application/json"})
        session = json.loads(text)
        connection.addTransceiver(Camera(), direction="sendonly")
        await connection.setLocalDescription(await connection.createOffer())
        bearer = {"Authorization": "Bearer " + session["token"]}
        status, answer, headers = await asyncio.to_thread(
            request, "POST", "/face-auth/sessions/%s/whip" % session["session_id"],
            connection.localDescription.sdp.encode(), bearer | {"Content-Type": "application/sdp"})
        assert status == 201 and headers["Location"] and headers["ETag"], (status, headers)
        await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        outcome = await asyncio.wait_for(heard, 20)
        decided = time.monotonic()
        await asyncio.to_thread(request, "DELETE", headers["Location"], None, bearer)
        print(outcome, round(1000 * (decided - start)), round(1000 * (opened[0] - start)), flush=True)
    except Exception as e:
        if hasattr(e, "read"):
            print(e.read().decode(), file=sys.stderr)
        print("failed", 0, 0, type(e).__name__, e, connection.iceConnectionState, connection.connectionState, len(opened), flush=True)
    finally:
        await connection.close()


async def main():
    left = SESSIONS
    while left > 0:
        group = min(left, AT_ONCE)
        await asyncio.gather(*(sign_in() for _ in range(group)))
        left -= group


asyncio.run(main())
