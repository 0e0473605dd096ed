-- A turn reads the first of each step, not all that is ready.
DROP INDEX campaign_position_ready;
CREATE INDEX campaign_position_ready ON campaign_position (sender, campaign_id, step, rank, moved_at, lead_id)
    WHERE state = 'ready';

-- What counts in a budget is read by time, all kinds at once: without this, all that an account ever spent is read.
DROP INDEX linkedin_budget_window;
CREATE INDEX linkedin_budget_window ON linkedin_budget (linkedin_account_id, at) INCLUDE (budget, amount);
