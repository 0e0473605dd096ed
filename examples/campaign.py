r"""Order a campaign, add leads from a CSV file, start it, see where the leads stand, and pause it.

OVERTURE_URL=http://127.0.0.1:8080 OVERTURE_API_KEY=... \
    python examples/campaign.py examples/order.json examples/leads.csv

The key needs the scope `all`. `senders` in the order are ids of connected LinkedIn accounts: see
`overture linkedin accounts list`. What is started sends to real people where the rail leads to LinkedIn.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from overture.client import ApiError, AsyncClient


async def main(order: dict[str, object], leads: bytes) -> int:
    """Run the example on an order and a CSV file of leads."""
    async with AsyncClient(os.environ["OVERTURE_URL"], os.environ["OVERTURE_API_KEY"]) as client:
        campaign = await client.campaigns.create(order)
        added = await client.campaigns.add_leads_csv(campaign.id, leads)
        print(f"{added.added} of {added.rows} leads added")
        for problem in added.problems:
            print(f"  line {problem['line']}: {problem['field']} {problem['rule']}")
        try:
            campaign = await client.campaigns.start(campaign.id)
        except ApiError as error:
            print(f"not started: {error} (request {error.request_id})")
            return 1
        print(f"{campaign.name} is {campaign.state}")
        async for lead in client.campaigns.leads(campaign.id):
            print(f"  {lead.first_name} {lead.last_name}, {lead.company}: {lead.state} {lead.reason}".rstrip())
        campaign = await client.campaigns.pause(campaign.id)
        print(f"{campaign.name} is {campaign.state}")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]).read_bytes())))
