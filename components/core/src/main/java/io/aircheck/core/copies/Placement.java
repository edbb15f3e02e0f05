package io.aircheck.core.copies;

import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which copy watches what. Shares stay where they are if they can, the rest goes where it
 * leaves most room in proportion to capacity, the most costly first; then shares move as long as
 * each move makes the fuller of two copies less full than it was. Pure: the same answer to the same
 * question, whoever leads.
 *
 * @param places of all shares that found room
 * @param waiting shares for which no copy suits or has room
 */
public record Placement(List<Place> places, List<Share> waiting) {
  /** Fullness that is made even is worth no move when it is smaller than this. */
  private static final double EVEN = 1e-9;

  public Placement {
    places = List.copyOf(places);
    waiting = List.copyOf(waiting);
  }

  /**
   * Places shares.
   *
   * @param now where they are, as last assigned
   */
  public static Placement of(List<Share> shares, List<Member> members, List<Assignment> now) {
    Loads loads = new Loads();
    for (Member member : members) {
      if (member.alive() && !member.draining() && member.copy().capacity() > 0) {
        loads.copies.put(member.copy().id(), member.copy());
      }
    }
    Map<List<String>, String> before = new HashMap<>();
    now.forEach(a -> before.put(List.of(a.stream(), a.share()), a.copy()));
    List<Share> ordered = new ArrayList<>(shares);
    ordered.sort(
        Comparator.comparingDouble(Share::cost)
            .reversed()
            .thenComparing(Share::stream)
            .thenComparing(Share::share));
    List<Share> homeless = new ArrayList<>();
    for (Share share : ordered) {
      Copy copy = loads.copies.get(before.getOrDefault(List.of(share.stream(), share.share()), ""));
      if (copy != null && loads.takes(copy, share)) {
        loads.put(share, copy);
      } else {
        homeless.add(share);
      }
    }
    List<Share> waiting = new ArrayList<>();
    for (Share share : homeless) {
      loads
          .emptiestFor(share)
          .ifPresentOrElse(copy -> loads.put(share, copy), () -> waiting.add(share));
    }
    loads.makeEven(ordered);
    List<Place> places = new ArrayList<>();
    loads.homes.forEach((s, copy) -> places.add(new Place(s.stream(), s.share(), copy.id())));
    places.sort(Comparator.comparing(Place::stream).thenComparing(Place::share));
    return new Placement(places, waiting);
  }

  /** What each copy has to do so far. */
  private static final class Loads {
    private final Map<String, Copy> copies = new LinkedHashMap<>();
    private final Map<String, Double> costs = new HashMap<>();
    private final Map<Share, Copy> homes = new LinkedHashMap<>();

    private double cost(Copy copy) {
      return costs.getOrDefault(copy.id(), 0.0);
    }

    /** How full a copy would be with so much more, as a share of its capacity. */
    private double fullness(Copy copy, double more) {
      return (cost(copy) + more) / copy.capacity();
    }

    private boolean takes(Copy copy, Share share) {
      return share.suits(copy) && fullness(copy, share.cost()) <= 1 + EVEN;
    }

    private void put(Share share, Copy copy) {
      Copy before = homes.put(share, copy);
      if (before != null) {
        costs.merge(before.id(), -share.cost(), Double::sum);
      }
      costs.merge(copy.id(), share.cost(), Double::sum);
    }

    private Optional<Copy> emptiestFor(Share share) {
      return copies.values().stream()
          .filter(copy -> takes(copy, share))
          .min(
              Comparator.comparingDouble((Copy copy) -> fullness(copy, share.cost()))
                  .thenComparing(Copy::id));
    }

    /** Ends, since each move takes from a copy and leaves none of the two as full as that was. */
    private void makeEven(List<Share> ordered) {
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Share share : ordered) {
          Copy from = homes.get(share);
          if (from == null) {
            continue;
          }
          double full = fullness(from, 0);
          Optional<Copy> to =
              emptiestFor(share)
                  .filter(copy -> !copy.equals(from))
                  .filter(copy -> fullness(copy, share.cost()) < full - EVEN);
          if (to.isPresent()) {
            put(share, to.get());
            moved = true;
          }
        }
      }
    }
  }
}
