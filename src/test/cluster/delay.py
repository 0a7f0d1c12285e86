"""Delays what comes out of a tun device: each packet goes back in after so many milliseconds, in order.

usage: delay.py DEVICE MILLIS
"""
import collections
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000

device, delay = sys.argv[1], int(sys.argv[2]) / 1000
tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
print("delays", flush=True)
late = collections.deque()
while True:
    wait = max(0.0, late[0][0] - time.monotonic()) if late else None
    if select.select([tun], [], [], wait)[0]:
        late.append((time.monotonic() + delay, os.read(tun, 65536)))
    while late and late[0][0] <= time.monotonic():
        try:
            os.write(tun, late.popleft()[1])
        except OSError:  # The link is down, as links are.
            pass
