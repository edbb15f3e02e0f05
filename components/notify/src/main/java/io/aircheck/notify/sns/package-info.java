/** Events to topics of Amazon SNS. */
package io.aircheck.notify.sns;
