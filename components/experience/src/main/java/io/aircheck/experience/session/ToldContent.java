package io.aircheck.experience.session;

/** Which content a report tells. */
enum ToldContent {
  /** None, or it is not known what that of the view is. */
  UNKNOWN,
  /** That of the view. */
  SAME,
  /** Another than that of the view. */
  OTHER
}
