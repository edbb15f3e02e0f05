// What a player does, as people say it.
import { badge } from "/page/kit/words.js";

const STATES = {
  preloading: { level: "idle", word: "Loading ahead" },
  starting: { level: "starting", word: "Starting" },
  playing: { level: "good", word: "Playing" },
  paused: { level: "idle", word: "Paused" },
  seeking: { level: "starting", word: "Seeking" },
  rebuffering: { level: "warning", word: "Waiting for data" },
};

const ENDS = {
  ended: { level: "idle", word: "Watched to the end" },
  failed: { level: "error", word: "Failed" },
  quit: { level: "idle", word: "Left" },
  timeout: { level: "idle", word: "Not heard any more" },
  contentChanged: { level: "idle", word: "Went on to other content" },
};

/** Of a session of the API. */
export const sessionState = ({ state, ended }) => badge(ENDS[ended] ?? STATES[state] ?? { level: "idle", word: "State not told" });

export const endWord = (ended) => ENDS[ended]?.word ?? "";
