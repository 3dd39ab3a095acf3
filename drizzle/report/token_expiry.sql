create view report.token_expiry with (security_invoker = true) as
select tenant_id, 'site'::text as credential, auth_type, token_expires_at as expires_at,
  floor(extract(epoch from token_expires_at - audit.moment()) / 86400)::integer as days_left
from audit.tenant;
comment on view report.token_expiry is 'When each credential ends, as far as the configuration tells.';
