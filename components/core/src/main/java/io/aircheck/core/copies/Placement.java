package io.aircheck.core.copies;

import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides which copy watches what. Shares stay where they are if they can, since each move is a gap
 * in watching; the rest goes where it leaves most room in proportion to capacity, the most costly
 * first. {@linkplain #evenly Made even}, shares move as well: to copies that have joined, until
 * those are as full as the others, and from a copy to one that is notably emptier. Pure: the same
 * answer to the same question, whoever leads.
 *
 * @param places of all shares that found room
 * @param waiting shares for which no copy suits or has room
 * @param settled whether the next decision would leave all of them where they are; not when more
 *     are to move than may at once
 */
public record Placement(List<Place> places, List<Share> waiting, boolean settled) {
  /** Fullness in which sums of costs may differ by the order of the summands. */
  private static final double ROUNDING = 1e-9;

  /** As a share of capacity: copies that differ by less are even enough. */
  static final double NOTABLE = 0.1;

  /** Streams that move together open together, on a copy that may just have started. */
  static final int MOST_MOVES = 20;

  /** Of very many shares, so large a part may move at once. */
  private static final double MOST_MOVED = 0.02;

  public Placement {
    places = List.copyOf(places);
    waiting = List.copyOf(waiting);
  }

  /**
   * Places shares, and moves none that can stay.
   *
   * @param now where they are, as last assigned
   */
  public static Placement of(List<Share> shares, List<Member> members, List<Assignment> now) {
    Loads loads = new Loads(members);
    List<Share> waiting = loads.place(shares, now);
    return new Placement(loads.places(), waiting, true);
  }

  /**
   * Places shares, and moves some where copies are not even.
   *
   * @param now where they are, as last assigned
   * @param joined ids of copies that have come and are to get their part
   */
  public static Placement evenly(
      List<Share> shares, List<Member> members, List<Assignment> now, Set<String> joined) {
    Loads loads = new Loads(members);
    List<Share> waiting = loads.place(shares, now);
    int moves = Math.max(MOST_MOVES, (int) (MOST_MOVED * shares.size()));
    boolean moved = true;
    for (; moved && moves > 0; moves--) {
      moved = loads.moveOne(joined);
    }
    return new Placement(loads.places(), waiting, !moved);
  }

  /** What each copy has to do so far. */
  private static final class Loads {
    private static final Comparator<Share> MOST_COSTLY_FIRST =
        Comparator.comparingDouble(Share::cost)
            .reversed()
            .thenComparing(Share::stream)
            .thenComparing(Share::share);

    /** Those that may be given something. */
    private final List<Copy> copies;

    /** By id of the copy, as are costs. */
    private final Map<String, SortedSet<Share>> homes = new HashMap<>();

    private final Map<String, Double> costs = new HashMap<>();

    private Loads(List<Member> members) {
      copies =
          members.stream()
              .filter(member -> member.alive() && !member.draining())
              .map(Member::copy)
              .filter(copy -> copy.capacity() > 0)
              .sorted(Comparator.comparing(Copy::id))
              .toList();
    }

    /** Returns those for which there is no place. */
    private List<Share> place(List<Share> shares, List<Assignment> now) {
      Map<List<String>, String> before = new HashMap<>();
      now.forEach(a -> before.put(List.of(a.stream(), a.share()), a.copy()));
      Map<String, Copy> byId = new HashMap<>();
      copies.forEach(copy -> byId.put(copy.id(), copy));
      List<Share> homeless = new ArrayList<>();
      for (Share share : shares.stream().sorted(MOST_COSTLY_FIRST).toList()) {
        Copy copy = byId.get(before.getOrDefault(List.of(share.stream(), share.share()), ""));
        if (copy != null && takes(copy, share)) {
          put(share, copy);
        } else {
          homeless.add(share);
        }
      }
      List<Share> waiting = new ArrayList<>();
      for (Share share : homeless) {
        emptiest(share, copy -> true)
            .ifPresentOrElse(copy -> put(share, copy), () -> waiting.add(share));
      }
      return waiting;
    }

    /** How full a copy would be with so much more, as a share of its capacity. */
    private double fullness(Copy copy, double more) {
      return (costs.getOrDefault(copy.id(), 0.0) + more) / copy.capacity();
    }

    private boolean takes(Copy copy, Share share) {
      return fullness(copy, share.cost()) <= 1 + ROUNDING && share.suits(copy);
    }

    private void put(Share share, Copy copy) {
      homesOf(copy).add(share);
      costs.merge(copy.id(), share.cost(), Double::sum);
    }

    private SortedSet<Share> homesOf(Copy copy) {
      return homes.computeIfAbsent(copy.id(), id -> new TreeSet<>(MOST_COSTLY_FIRST));
    }

    private Optional<Copy> emptiest(Share share, Predicate<Copy> among) {
      return copies.stream()
          .filter(among)
          .filter(copy -> takes(copy, share))
          .min(
              Comparator.comparingDouble((Copy copy) -> fullness(copy, share.cost()))
                  .thenComparing(Copy::id));
    }

    /**
     * Moves the most costly share of the fullest copy for which that is worth it. Comes to an end,
     * since each move takes from a copy and leaves none of the two as full as that was.
     */
    private boolean moveOne(Set<String> joined) {
      List<Copy> fullestFirst =
          copies.stream()
              .sorted(
                  Comparator.comparingDouble((Copy copy) -> fullness(copy, 0))
                      .reversed()
                      .thenComparing(Copy::id))
              .toList();
      for (Copy from : fullestFirst) {
        for (Share share : homesOf(from)) {
          Optional<Copy> to = emptiest(share, copy -> isWorthIt(share, from, copy, joined));
          if (to.isPresent()) {
            homesOf(from).remove(share);
            costs.merge(from.id(), -share.cost(), Double::sum);
            put(share, to.get());
            return true;
          }
        }
      }
      return false;
    }

    private boolean isWorthIt(Share share, Copy from, Copy to, Set<String> joined) {
      double gain = fullness(from, 0) - fullness(to, share.cost());
      return !to.equals(from) && gain > (joined.contains(to.id()) ? ROUNDING : NOTABLE);
    }

    private List<Place> places() {
      List<Place> places = new ArrayList<>();
      homes.forEach(
          (copy, shares) ->
              shares.forEach(s -> places.add(new Place(s.stream(), s.share(), copy))));
      places.sort(Comparator.comparing(Place::stream).thenComparing(Place::share));
      return places;
    }
  }
}
