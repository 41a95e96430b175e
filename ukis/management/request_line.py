"""How long an address may be, read by gunicorn as it starts. By itself it takes 8,190 bytes, or whatever comes; here a
search for ten thousand letters, each of up to twelve bytes as an address writes it, and nothing longer."""

from gunicorn.http import message

LONGEST = 128 * 1024

message.MAX_REQUEST_LINE = limit_request_line = LONGEST
