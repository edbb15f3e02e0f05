/** What stores have in common. */
package io.aircheck.storage;
