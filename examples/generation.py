"""Ask for messages, wait until they are written, and read each with what it rests on.

OVERTURE_URL=http://127.0.0.1:8080 OVERTURE_API_KEY=... python examples/generation.py examples/request.json
"""

import json
import os
import sys
from pathlib import Path

from overture.client import Client, StillInProgress


def main(file: str) -> int:
    """Run the example on a request in a JSON file."""
    request = json.loads(Path(file).read_text(encoding="utf-8"))
    with Client(os.environ["OVERTURE_URL"], os.environ["OVERTURE_API_KEY"]) as client:
        quote = client.generation.preview(request)
        print(f"would cost at most {quote.credits['held']} of {quote.credits['available']} credits")
        accepted = client.generation.submit(request)
        try:
            found = client.generation.wait_until_complete(accepted.secure_request_id, within=300, every=1)
        except StillInProgress:
            print("not complete yet: run the example again, an equal request is the same request")
            return 1
        print(f"{found.metadata.generated_message_count} of {found.metadata.requested_message_count} written")
        for message in client.generation.messages(accepted.secure_request_id):
            print(f"\n{message.lead_id}, {message.type}: {message.text or message.reason}")
            for segment in message.segments:
                for citation in segment.citations:
                    print(f"  {segment.role}: {citation.span!r} ({citation.url})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
