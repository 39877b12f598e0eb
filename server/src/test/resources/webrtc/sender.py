"""Signs in by live video with aiortc, which shares no code with browsers: ICE, DTLS, SRTP and SCTP of its own.

    sender.py SERVER DEPARTMENT CLIP [--sessions N] [--at-once N] [--codec H264] [--turn DEGREES] [--hold MS]
              [--loss SHARE] [--late SHARE] [--relay theirs|ours|ours-by-tls] [--trusting FILE]
              [--from ADDRESS] [--patience SECONDS]
              [--act leave|lock|lock-after-N|silent|move|wait|stay]

CLIP is VP8 or H.264 as the codec says; its packets are sent as they are, again and again. Prints for each session its outcome, the
milliseconds from the request for a session to the decision, those to the open data channel, and how often it was told to wait.

--turn   says in every packet that the picture is to be turned clockwise (3GPP TS 26.114, 7.4.5)
--hold   sends every other picture so much later than it was taken
--loss, --late  puts a network between that loses, or holds up by 40 ms and so exchanges, that share of the packets in both directions
--from   where requests are said to come from, by X-Forwarded-For
--relay  no packet goes from here to the server itself: "theirs" knows none of its addresses but that of its relay, and tells it none
         of its own (RFC 5737 has nobody at 198.51.100.1); "ours" sends by a relay that the server names to whoever has a session (RFC 9725, 4.6),
         "ours-by-tls" by one of those that are reached by TLS
--trusting  a certificate that such a relay may have
--act    what happens in the middle of it: the program ends without a word, the camera gives no pictures any more (after N of
         them), not one packet is sent, or the sender's address changes; wait says the place in the queue when it is told, stay says
         "seen" when pictures were looked at, and sends on and on, after the decision too, until it is "left alone"
"""

import argparse
import asyncio
import fractions
import json
import os
import random
import re
import struct
import sys
import time
import urllib.request

import aioice
import av
from aiortc import MediaStreamTrack, RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc import rtcicetransport, rtp

parser = argparse.ArgumentParser()
parser.add_argument("server")
parser.add_argument("department")
parser.add_argument("clip")
parser.add_argument("--sessions", type=int, default=1)
parser.add_argument("--at-once", type=int, default=1)
parser.add_argument("--codec", default="VP8")
parser.add_argument("--turn", type=int, default=0)
parser.add_argument("--hold", type=int, default=0)
parser.add_argument("--loss", type=float, default=0)
parser.add_argument("--late", type=float, default=0)
parser.add_argument("--relay", default="")
parser.add_argument("--trusting", default="")
parser.add_argument("--from", dest="origin", default="")
parser.add_argument("--patience", type=int, default=40)
parser.add_argument("--act", default="")
OPTIONS = parser.parse_args()
RATE = 10
ORIENTATION = 14

with av.open(OPTIONS.clip) as clip:
    PACKETS = [bytes(packet) for packet in clip.demux(video=0) if packet.size]

if OPTIONS.turn:
    known = rtp.HeaderExtensionsMap.set

    def turned(self, values):
        profile, value = known(self, values)
        extensions = rtp.unpack_header_extensions(profile, value)
        return rtp.pack_header_extensions(extensions + [(ORIENTATION, struct.pack("!B", OPTIONS.turn // 90))])

    rtp.HeaderExtensionsMap.set = turned


if OPTIONS.trusting:
    os.environ["SSL_CERT_FILE"] = OPTIONS.trusting

if OPTIONS.relay.startswith("ours"):
    known_arguments = rtcicetransport.connection_kwargs

    def relay_only(servers):
        return known_arguments(servers) | {"transport_policy": aioice.ice.TransportPolicy.RELAY}

    rtcicetransport.connection_kwargs = relay_only


class Camera(MediaStreamTrack):
    kind = "video"

    def __init__(self):
        super().__init__()
        self.begun = None
        self.sent = 0
        self.locked = False

    async def recv(self):
        if self.begun is None:
            self.begun = time.monotonic()
        due = self.begun + self.sent / RATE + (OPTIONS.hold / 1000 if self.sent % 2 else 0)
        await asyncio.sleep(max(0, due - time.monotonic()))
        while self.locked:
            await asyncio.sleep(1)
        packet = av.Packet(PACKETS[self.sent % len(PACKETS)])
        packet.pts = packet.dts = self.sent * 90000 // RATE
        packet.time_base = fractions.Fraction(1, 90000)
        self.sent += 1
        return packet


class Network:
    """Between the sender and the address in an answer."""

    def __init__(self, there):
        self.there = there
        self.here = None
        self.chance = random.Random(7)
        self.lost = self.held = 0

    async def open(self):
        loop = asyncio.get_running_loop()
        self.near, _ = await loop.create_datagram_endpoint(lambda: Side(self.from_here), local_addr=(self.there[0], 0))
        await self.move()
        return self.near.get_extra_info("sockname")[1]

    async def move(self):
        """Another address of the sender, as the server sees it."""
        before = getattr(self, "far", None)
        self.far, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Side(self.from_there), local_addr=(self.there[0], 0))
        if before:
            before.close()

    def from_here(self, data, address):
        self.here = address
        self.carry(lambda: self.far.sendto(data, self.there))

    def from_there(self, data, address):
        if self.here:
            self.carry(lambda: self.near.sendto(data, self.here))

    def carry(self, send):
        if self.chance.random() < OPTIONS.loss:
            self.lost += 1
        elif self.chance.random() < OPTIONS.late:
            self.held += 1
            asyncio.get_running_loop().call_later(0.04, send)
        else:
            send()

    def close(self):
        self.near.close()
        self.far.close()


class Side(asyncio.DatagramProtocol):
    def __init__(self, receive):
        self.receive = receive

    def datagram_received(self, data, address):
        self.receive(data, address)


def request(method, path, body, headers):
    if OPTIONS.origin:
        headers = headers | {"X-Forwarded-For": OPTIONS.origin}
    asked = urllib.request.Request(OPTIONS.server + path, data=body, headers=headers, method=method)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.status, answer.read().decode(), answer.headers


async def opened_session():
    wish = json.dumps({"department": OPTIONS.department}).encode()
    _, text, _ = await asyncio.to_thread(
        request, "POST", "/face-auth/sessions", wish, {"Content-Type": "application/json"})
    session = json.loads(text)
    return "/face-auth/sessions/%s/whip" % session["session_id"], {"Authorization": "Bearer " + session["token"]}


async def relays(whip, bearer):
    _, _, headers = await asyncio.to_thread(request, "OPTIONS", whip, None, bearer)
    links = [re.findall(r'<([^>]*)>|([a-z-]+)="([^"]*)"', link) for link in headers.get_all("Link", [])]
    named = [(link[0][0], {name: value for _, name, value in link[1:]}) for link in links]
    return [RTCIceServer(urls=url, username=said["username"], credential=said["credential"])
            for url, said in named if said["rel"] == "ice-server" and said["credential-type"] == "password"]


async def sign_in():
    start = time.monotonic()
    session = None
    servers = []
    if OPTIONS.relay.startswith("ours"):
        session = await opened_session()
        servers = await relays(*session)
        if OPTIONS.relay == "ours-by-tls":
            servers = [server for server in servers if server.urls.startswith("turns:")]
        assert servers, "no relay is named"
    connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
    # The data channel as RFC 8841 has it, which this version of aiortc offers to those only who offered it so.
    connection._sctpLegacySdp = False
    heard = asyncio.get_running_loop().create_future()
    opened = []
    waits = 0
    network = None
    camera = Camera()
    channel = connection.createDataChannel("vultus")

    @channel.on("message")
    def on_message(text):
        nonlocal waits
        opened.append(time.monotonic())
        message = json.loads(text)
        if message["type"] == "feedback":
            waits += "busy" in message
            if OPTIONS.act == "wait" and "busy" in message:
                print("place", message["busy"]["place"], flush=True)
            if OPTIONS.act == "stay" and message.get("frame") == 5:
                print("seen", flush=True)
            act(message)
        last = message["type"] == "authentication_complete" or (message["type"] == "result" and message.get("reason"))
        if last and not heard.done():
            heard.set_result("accepted" if message["type"] == "authentication_complete" else message["reason"])

    def act(message):
        if OPTIONS.act == "leave":
            print("left", flush=True)
            os._exit(0)
        if OPTIONS.act == "lock" or OPTIONS.act.startswith("lock-after-") and camera.sent >= int(OPTIONS.act[11:]):
            camera.locked = True
        if OPTIONS.act == "move" and message.get("good") == 1:
            asyncio.ensure_future(network.move())

    try:
        whip, bearer = session or await opened_session()
        transceiver = connection.addTransceiver(camera, direction="sendonly")
        transceiver.setCodecPreferences([
            codec for codec in RTCRtpSender.getCapabilities("video").codecs
            if codec.name in (OPTIONS.codec, "rtx")])
        await connection.setLocalDescription(await connection.createOffer())
        offer = connection.localDescription.sdp
        if OPTIONS.turn:
            offer = offer.replace("a=sendonly", "a=extmap:%d urn:3gpp:video-orientation\r\na=sendonly" % ORIENTATION, 1)
        if OPTIONS.relay == "theirs":
            offer = re.sub(r"(a=candidate:.* )\S+ \d+( typ)", r"\g<1>198.51.100.1 1024\2", offer)
        status, answer, headers = await asyncio.to_thread(
            request, "POST", whip, offer.encode(), bearer | {"Content-Type": "application/sdp"})
        assert status == 201 and headers["Location"] and headers["ETag"], (status, headers)
        if OPTIONS.act == "silent":
            print("silent", flush=True)
            return
        if OPTIONS.loss or OPTIONS.late or OPTIONS.act == "move":
            there = re.search(r" udp \d+ ([0-9.]+) (\d+) typ host", answer)
            network = Network((there[1], int(there[2])))
            answer = answer.replace(there[0], there[0].replace(" %s " % there[2], " %d " % await network.open()))
        if OPTIONS.relay == "theirs":
            answer = re.sub(r"a=candidate:.* typ (?!relay).*\r\n", "", answer)
        await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        outcome = await asyncio.wait_for(heard, OPTIONS.patience)
        decided = time.monotonic()
        if OPTIONS.act != "stay":
            await asyncio.to_thread(request, "DELETE", headers["Location"], None, bearer)
        print(outcome, round(1000 * (decided - start)), round(1000 * (opened[0] - start)), waits, flush=True)
        if network:
            print("network", network.lost, network.held, flush=True)
        if OPTIONS.act == "stay":
            sent = camera.sent
            while connection.connectionState == "connected" and channel.readyState == "open":
                await asyncio.sleep(0.1)
            print("left alone after", camera.sent - sent, flush=True)
    except Exception as e:
        if hasattr(e, "read"):
            print(e.read().decode(), file=sys.stderr)
        print("failed", type(e).__name__, e, connection.iceConnectionState, connection.connectionState,
              channel.readyState, [round(at - start, 1) for at in opened],
              camera.sent, flush=True)
    finally:
        await connection.close()
        if network:
            network.close()


async def main():
    left = OPTIONS.sessions
    while left > 0:
        group = min(left, OPTIONS.at_once)
        await asyncio.gather(*(sign_in() for _ in range(group)))
        left -= group


asyncio.run(main())
