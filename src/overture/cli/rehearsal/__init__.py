"""``overture rehearse``: a campaign run to its end on the simulated LinkedIn, before anything real is sent."""
