/** Makes clean media defective on purpose, as ground truth for whoever monitors it. */
package io.aircheck.faults.inject;
