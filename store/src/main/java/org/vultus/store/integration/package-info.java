/** What other systems are told: events of attendance out of the audit trail, the outbox of webhooks, addresses of calendars. Sends nothing. */
@NullMarked
package org.vultus.store.integration;

import org.jspecify.annotations.NullMarked;
