/** The making of defective copies: from input to output and labels. */
package io.aircheck.app.inject;
