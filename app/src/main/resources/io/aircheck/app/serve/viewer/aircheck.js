/*! Aircheck: tells what a viewer lives through. No cookies, no name: docs/viewers/script.md. ES2017. */
(function () {
  'use strict';

  const script = document.currentScript;
  const KEY = 'aircheck-opt-out';
  const MOST_WAITING = 300;
  const watchers = new Set();

  /** What a method gives, where there is one that does not fail. */
  const ask = (object, method, argument) => {
    try {
      return object && typeof object[method] === 'function' ? object[method](argument) : undefined;
    } catch (e) {
      return undefined;
    }
  };
  const most = (list, key) => Math.max(0, ...list.map((one) => one[key] || 0));
  const text = (value) =>
    '"' + String(value).replace(/[^ -~]/g, '').slice(0, 128).replace(/["\\]/g, '\\$&') + '"';

  const mediaOf = (player) =>
    player instanceof HTMLMediaElement
      ? player
      : player.media ||
        ask(player, 'getVideoElement') ||
        ask(player, 'getMediaElement') ||
        (ask(player, 'el') || document.createElement('i')).querySelector('video,audio');

  /** Bits per second of what is shown, and of the best there is. */
  function rates(player) {
    const level = player.levels && player.levels[player.currentLevel];
    if (level) {
      return [level.bitrate, most(player.levels, 'bitrate')];
    }
    const tracks = ask(player, 'getVariantTracks');
    if (tracks) {
      return [most(tracks.filter((track) => track.active), 'bandwidth'), most(tracks, 'bandwidth')];
    }
    const shown = ask(player, 'getCurrentRepresentationForType', 'video');
    if (shown) {
      const all = ask(player, 'getRepresentationsByType', 'video') || [shown];
      return [shown.bandwidth, most(all, 'bandwidth')];
    }
    const vhs = (ask(player, 'tech', true) || {}).vhs;
    const list = vhs && vhs.playlists && ask(vhs.playlists, 'media');
    if (list && list.attributes) {
      const all = (vhs.playlists.main || vhs.playlists.master).playlists;
      return [list.attributes.BANDWIDTH, most(all.map((one) => one.attributes), 'BANDWIDTH')];
    }
    return [0, 0];
  }

  /** Name and version, by what only this player has. */
  function nameOf(player) {
    const version = player.constructor && player.constructor.version;
    return player.levels
      ? ['hls.js', version]
      : player.getVariantTracks
        ? ['shaka', version]
        : player.getVersion
          ? ['dash.js', ask(player, 'getVersion')]
          : player.tech
            ? ['video.js', (window.videojs || {}).VERSION]
            : [player instanceof HTMLMediaElement ? 'video' : 'other', ''];
  }

  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0')).join('');

  function optedOut(options) {
    const asked = options.doNotTrack !== undefined && navigator.doNotTrack === '1';
    try {
      return navigator.globalPrivacyControl === true || asked || localStorage.getItem(KEY) !== null;
    } catch (e) {
      return false; // nothing is stored here
    }
  }

  /** Sends lines in batches: waits when there is too much, and is silent once told to stop. */
  function mailbox(address, debug) {
    let lines = [];
    let busy = false;
    let timer = 0;
    let pause = 1000;
    let over = false;
    const show = (body) => debug && (typeof debug === 'function' ? debug : console.log)(body);
    const wait = (millis) => {
      if (!timer && !over) {
        timer = setTimeout(() => send(20), millis);
      }
    };
    function again(batch, seconds) {
      lines = batch.concat(lines).slice(-MOST_WAITING);
      busy = false;
      wait(seconds > 0 ? seconds * 1000 : pause * (1 + Math.random()));
      pause = Math.min(pause * 2, 60000);
    }
    function drop() {
      over = true;
      lines = [];
    }
    function send(most, leaves) {
      clearTimeout(timer);
      timer = 0;
      if (busy || over || !lines.length) {
        return;
      }
      const batch = lines.splice(0, most);
      const body = batch.join('\n');
      show(body);
      if (leaves && !('keepalive' in Request.prototype)) {
        navigator.sendBeacon(address, body);
        return;
      }
      busy = true;
      // The other origin was asked before (CORS).
      const headers = { 'Content-Type': 'application/cmcd' };
      fetch(address, { method: 'POST', body, headers, keepalive: true, credentials: 'omit' }).then(
        (answer) => {
          if (answer.status === 410) {
            drop();
          } else if (answer.status === 429 || answer.status >= 500) {
            again(batch, Number(answer.headers.get('Retry-After')));
          } else {
            pause = 1000;
            busy = false;
            wait(0);
          }
        },
        () => again(batch, 0));
    }
    return {
      put(line) {
        if (over) {
          return;
        }
        lines = lines.concat(line).slice(-MOST_WAITING);
        if (lines.length < 10) {
          wait(1000);
        } else if (pause === 1000) {
          send(20);
        }
      },
      /** What waits goes now, as the page may be gone the next moment. */
      last() {
        busy = false;
        send(MOST_WAITING, true);
      },
      drop,
    };
  }

  function begin(player, media, options) {
    const name = nameOf(player);
    const address = new URL(options.to || '/v1/viewers/reports', (script && script.src) || location);
    const told = {
      player: options.player || name[0],
      playerVersion: options.playerVersion || name[1],
      appVersion: options.app,
    };
    Object.keys(told).forEach((key) => told[key] && address.searchParams.set(key, told[key]));
    const mail = mailbox(address, options.debug === '' || options.debug);

    let session = newId();
    let number = 0;
    let state = ''; // nobody has asked it to play
    let shown = false;
    let asked = 0;
    let place = 0;
    let still = 0;
    let rate = media.playbackRate;
    let kbps = 0;
    let heartbeat = 0;
    let hidden = false;
    let dead = false;

    const isAsked = () =>
      !media.paused || (media.readyState < 3 && (media.autoplay || ask(player, 'getAutoPlay') || ask(player, 'autoplay')));
    const isHidden = () => document.hidden && document.pictureInPictureElement !== media;

    function isLive() {
      const details = ((player.levels || [])[player.currentLevel] || {}).details;
      return (
        ask(player, 'isLive') ||
        ask(player, 'isDynamic') ||
        (details ? details.live : (ask(player, 'duration') || media.duration) === Infinity));
    }

    function facts() {
      const live = isLive();
      const date =
        player.playingDate || ask(player, 'getPlayheadTimeAsDate') || ask(player, 'timeAsUTC') * 1000;
      const all = { sid: text(session), sn: number++, sta: state, v: 2 };
      const both = rates(player);
      if (both[0] > 0) {
        all.br = '(' + Math.round(both[0] / 1000) + ')';
        all.tb = '(' + Math.round(both[1] / 1000) + ')';
      }
      if (live) {
        all.st = 'l';
        const behind = player.levels ? player.latency : ask(player, 'getCurrentLiveLatency');
        const millis = behind > 0 ? behind * 1000 : date ? Date.now() - date : 0;
        if (millis > 0) {
          all.ltc = Math.round(millis);
        }
        if (date) {
          all.pt = Math.round(date);
        }
      } else if (media.duration) {
        all.st = 'v';
        all.pt = Math.round(media.currentTime * 1000);
      }
      for (let i = 0; i < media.buffered.length; i++) {
        if (media.buffered.start(i) <= media.currentTime && media.buffered.end(i) >= media.currentTime) {
          all.bl = '(' + Math.round((media.buffered.end(i) - media.currentTime) * 10) * 100 + ')';
        }
      }
      const dropped = (ask(media, 'getVideoPlaybackQuality') || {}).droppedVideoFrames;
      if (dropped) {
        all.dfa = dropped;
      }
      if (options.content) {
        all.cid = text(options.content);
      }
      if (options.cdn) {
        all.cdn = text(options.cdn);
      }
      if (media.playbackRate !== 1) {
        all.pr = media.playbackRate;
      }
      if (isHidden()) {
        all.bg = true;
      }
      return all;
    }

    function report(event, more, millis) {
      if (!state || dead) {
        return;
      }
      const all = Object.assign(facts(), { e: event, ts: millis || Date.now() }, more);
      mail.put(
        Object.keys(all).sort().map((key) => (all[key] === true ? key : key + '=' + all[key])).join());
    }

    function turn(to, more, millis) {
      if (to !== state) {
        state = to;
        report('ps', more, millis);
      }
    }

    function play() {
      if (ask(player, 'error')) {
        return; // video.js may go on trying
      }
      if (!state || state === 'e' || state === 'f' || state === 'q') {
        asked = Date.now();
        heartbeat = asked;
        hidden = isHidden();
        turn('s');
      } else if (state === 'a' && !shown) {
        turn('s');
      }
    }

    function moves() {
      play();
      const first = !shown;
      shown = true;
      place = media.currentTime;
      still = 0;
      kbps = rates(player)[0];
      turn('p', first ? { msd: Date.now() - asked } : {});
    }

    function fail(code, fatal) {
      if (still && state === 'p') {
        turn('r', {}, still);
      }
      if (state && state !== 'f') {
        state = fatal ? 'f' : state;
        report('e', { ec: '(' + text(code || 'unknown') + ')' });
      }
    }

    function broken() {
      const error = ask(player, 'error') || media.error;
      fail(error && 'MEDIA_' + error.code, true);
    }

    const handlers = {
      play,
      playing: moves,
      waiting() {
        place = media.currentTime;
        still = Date.now();
      },
      timeupdate() {
        const moved = media.currentTime - place;
        if (state === 'p' && !media.seeking) {
          place = media.currentTime;
        } else if (/[srk]/.test(state) && moved > 0.1 && moved < 1 && !media.seeking && !media.paused) {
          moves();
        }
      },
      seeking() {
        // Players move by themselves: over holes, in loops, in a live stall to what there is.
        const viewers = isLive() ? /[pa]/ : /[pra]/;
        const far = Math.abs(media.currentTime - place) > 0.9;
        if (shown && far && viewers.test(state) && (media.currentTime || !media.loop)) {
          turn('k');
        }
        place = media.currentTime;
      },
      seeked() {
        if (state === 'k' && media.paused) {
          turn('a');
        } else if (state === 'k' && media.readyState > 2) {
          moves();
        }
      },
      pause() {
        if (/[psr]/.test(state) && !media.ended && !media.seeking) {
          turn('a');
        }
      },
      // It may not begin by itself.
      canplaythrough: () => state === 's' && media.paused && turn('a'),
      ended: () => shown && turn('e'),
      error: broken,
      ratechange() {
        if (media.playbackRate > 0 && media.playbackRate !== rate) {
          rate = media.playbackRate;
          report('pr', { pr: rate });
        }
      },
    };

    function tick() {
      const now = Date.now();
      const plays = /[pa]/.test(state) && !media.paused && !media.seeking;
      if (plays && media.currentTime === place && media.readyState < 3) {
        still = still || now; // not all browsers tell
        if (now - still > 200) {
          turn('r', {}, still);
        }
        return;
      }
      still = 0;
      place = plays ? media.currentTime : place;
      const bits = rates(player)[0];
      if (state === 'p' && bits > 0 && bits !== kbps) {
        kbps = bits;
        report('bc');
      }
      if (state && state !== 'q' && now - heartbeat >= (options.interval || 30) * 1000) {
        heartbeat = now;
        report('t');
      }
    }

    function look() {
      if (state && state !== 'q' && hidden !== isHidden()) {
        hidden = isHidden();
        report('b');
        if (hidden) {
          mail.last(); // a phone may tell nothing more
        }
      }
    }

    function leave() {
      if (state && state !== 'e' && state !== 'f') {
        turn('q');
      }
      mail.last();
    }

    /** A page that is kept comes back. */
    function back() {
      if (state === 'q') {
        turn(media.paused ? 'a' : 'p');
      }
    }

    const listening = [[document, 'visibilitychange', look], [window, 'pagehide', leave], [window, 'pageshow', back]];
    Object.keys(handlers).forEach((event) => listening.push([media, event, handlers[event]]));
    listening.forEach((one) => one[0].addEventListener(one[1], one[2]));
    const clock = setInterval(tick, 250);
    if (player.levels && player.on) {
      player.on('hlsError', (event, data) => fail(data.details, data.fatal));
    } else if (player.getVariantTracks) {
      // If it tries again, it is not fatal a moment later.
      player.addEventListener('error', (e) =>
        setTimeout(() => fail(e.detail.code, e.detail.severity === 2)));
    } else if (player.getVersion && player.on) {
      player.on('error', (e) => e.error && fail(e.error.code, e.error.code < 26)); // of the manifest
    } else if (player.tech && player.on) {
      player.on('error', broken);
    }
    if (!media.paused && media.currentTime > 0 && media.readyState > 2) {
      shown = true; // its beginning was not seen
      heartbeat = Date.now();
      turn('p');
    } else if (isAsked()) {
      play();
    }

    const watcher = {
      /** Other content, or other words for it: another session. */
      update(more) {
        leave();
        Object.assign(options, more);
        session = newId();
        number = 0;
        state = '';
        shown = false;
        if (isAsked()) {
          play();
        }
      },
      /** Tells nothing more. */
      stop(silently) {
        if (silently) {
          mail.drop();
        } else {
          leave();
        }
        dead = true;
        clearInterval(clock);
        listening.forEach((one) => one[0].removeEventListener(one[1], one[2]));
        watchers.delete(watcher);
      },
    };
    watchers.add(watcher);
    return watcher;
  }

  /** Watches a media element, its selector, or a player of hls.js, dash.js, Shaka or video.js. */
  function watch(wanted, given) {
    const options = Object.assign({}, given);
    let watcher = null;
    let stopped = optedOut(options);
    function attach() {
      const player = typeof wanted === 'string' ? document.querySelector(wanted) : wanted;
      const media = player && mediaOf(player);
      if (media && !stopped) {
        watcher = begin(player, media, options);
      } else if (!stopped) {
        setTimeout(attach, 100); // it is not there yet
      }
    }
    attach();
    return {
      update: (more) => (watcher ? watcher.update(more) : Object.assign(options, more)),
      stop() {
        stopped = true;
        if (watcher) {
          watcher.stop();
        }
      },
    };
  }

  /** The viewer does not want it from now on; false: he does again. */
  function optOut(out) {
    if (out === false) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, '1');
      watchers.forEach((watcher) => watcher.stop(true));
    }
  }

  window.aircheck = { watch, optOut };

  if (script && script.dataset.content !== undefined) {
    watch(script.dataset.video || 'video', script.dataset);
  }
})();
