/**
 * The same components as functions: one converts a segment of a stream into objects of a bucket,
 * others look at them. See {@code docs/decisions/0088}.
 */
package io.aircheck.deploy.serverless;
