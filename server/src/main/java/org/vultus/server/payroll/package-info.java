/**
 * What payroll and HR systems get: files and receipts of Portaria MTP 671/2021, PDF, webhooks and the events to pull, calendars,
 * and the import of people and plans. Counts no hours; nothing here is certified by anybody.
 */
@NullMarked
package org.vultus.server.payroll;

import org.jspecify.annotations.NullMarked;
