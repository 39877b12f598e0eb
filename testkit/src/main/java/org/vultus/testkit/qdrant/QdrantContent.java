package org.vultus.testkit.qdrant;

import com.google.common.primitives.Floats;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the double holds: collections of points, each with named vectors of unit length and a payload. Safe for several threads. */
public final class QdrantContent {
    private final Map<String, Kept> collections = new HashMap<>();

    private record Kept(CreateCollection settings, SortedMap<String, Point> points, Set<String> indexed) {}

    /** A point; its vectors are at unit length, as Qdrant keeps those that are compared by cosine. */
    public record Point(String id, Map<String, Value> payload, Map<String, List<Float>> vectors) {
        public Point {
            payload = Map.copyOf(payload);
            vectors = Map.copyOf(vectors);
        }

        /** The same with these vectors. */
        public Point with(Map<String, List<Float>> others) {
            return new Point(id, payload, others);
        }
    }

    synchronized void create(CreateCollection request) {
        if (collections.containsKey(request.getCollectionName())) {
            throw new IllegalArgumentException("Collection " + request.getCollectionName() + " already exists!");
        }
        collections.put(request.getCollectionName(), new Kept(request, new TreeMap<>(), new HashSet<>()));
    }

    /** Forgets a collection, as a Qdrant that lost its disk has. */
    public synchronized void drop(String collection) {
        collections.remove(collection);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        collections.clear();
    }

    synchronized boolean exists(String collection) {
        return collections.containsKey(collection);
    }

    synchronized CreateCollection settings(String collection) {
        return kept(collection).settings();
    }

    synchronized void index(String collection, String field) {
        kept(collection).indexed().add(field);
    }

    /** Every point, in the order of the identifiers. */
    public synchronized List<Point> points(String collection) {
        return new ArrayList<>(kept(collection).points().values());
    }

    /** Of all collections. */
    public synchronized List<Point> points() {
        return collections.values().stream()
                .flatMap(kept -> kept.points().values().stream())
                .toList();
    }

    /** Puts a point in the place of the one of its identifier. */
    public synchronized void put(String collection, Point point) {
        Map<String, List<Float>> unit = new HashMap<>();
        point.vectors().forEach((slot, vector) -> unit.put(slot, unit(collection, slot, vector)));
        kept(collection).points().put(point.id(), point.with(unit));
    }

    public synchronized void remove(String collection, Collection<String> ids) {
        kept(collection).points().keySet().removeAll(ids);
    }

    /** Adds vectors to a point that passes the filter. */
    synchronized void add(String collection, Point more, Filter filter) {
        Point point = kept(collection).points().get(more.id());
        if (point == null) {
            throw new NoSuchThing("No point with id " + more.id() + " found");
        }
        if (passes(point, filter)) {
            Map<String, List<Float>> vectors = new HashMap<>(point.vectors());
            vectors.putAll(more.vectors());
            put(collection, point.with(vectors));
        }
    }

    synchronized void dropVectors(String collection, Filter filter, Collection<String> slots) {
        for (Point point : select(collection, filter)) {
            Map<String, List<Float>> vectors = new HashMap<>(point.vectors());
            vectors.keySet().removeAll(slots);
            put(collection, point.with(vectors));
        }
    }

    synchronized Optional<Point> find(String collection, String id) {
        return Optional.ofNullable(kept(collection).points().get(id));
    }

    /** A point and the cosine of its vector with the one asked for. */
    record Near(Point point, float score) {}

    /** Whoever has a vector of that name and the least score, the nearest first. */
    Stream<Near> nearest(String collection, Filter filter, String slot, List<Float> probe, float least) {
        double length = Math.sqrt(dot(probe, probe));
        List<Near> near = new ArrayList<>();
        for (Point point : select(collection, filter)) {
            List<Float> vector = point.vectors().get(slot);
            float score = vector == null ? Float.NaN : (float) (dot(probe, vector) / length);
            if (score >= least) {
                near.add(new Near(point, score));
            }
        }
        return near.stream()
                .sorted(Comparator.comparing(Near::score)
                        .reversed()
                        .thenComparing(each -> each.point().id()));
    }

    synchronized List<Point> select(String collection, Filter filter) {
        return kept(collection).points().values().stream()
                .filter(point -> passes(point, filter))
                .toList();
    }

    /** How many points have each value of a field, which must be indexed. */
    synchronized Map<String, Integer> facet(String collection, String field) {
        if (!kept(collection).indexed().contains(field)) {
            throw new IllegalArgumentException("Index required but not found for \"" + field + "\"");
        }
        Map<String, Integer> counts = new TreeMap<>();
        points(collection).forEach(point -> counts.merge(text(point, field), 1, Integer::sum));
        return counts;
    }

    private Kept kept(String collection) {
        Kept kept = collections.get(collection);
        if (kept == null) {
            throw new NoSuchThing("Not found: Collection `" + collection + "` doesn't exist!");
        }
        return kept;
    }

    private List<Float> unit(String collection, String slot, List<Float> vector) {
        VectorParams params = settings(collection)
                .getVectorsConfig()
                .getParamsMap()
                .getMapMap()
                .get(slot);
        if (params == null) {
            throw new IllegalArgumentException("Not existing vector name error: " + slot);
        }
        if (params.getSize() != vector.size()) {
            throw new IllegalArgumentException("Vector dimension error: expected dim: " + params.getSize());
        }
        double length = Math.sqrt(dot(vector, vector));
        float[] unit = new float[vector.size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector.get(i) / length);
        }
        return Floats.asList(unit);
    }

    static double dot(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += (double) one.get(i) * other.get(i);
        }
        return sum;
    }

    private static boolean passes(Point point, Filter filter) {
        if (filter.getShouldCount() > 0 || filter.hasMinShould()) {
            throw new IllegalArgumentException("the double knows no should");
        }
        return filter.getMustList().stream().allMatch(condition -> holds(point, condition))
                && filter.getMustNotList().stream().noneMatch(condition -> holds(point, condition));
    }

    private static boolean holds(Point point, Condition condition) {
        return switch (condition.getConditionOneOfCase()) {
            case FIELD ->
                text(point, condition.getField().getKey())
                        .equals(condition.getField().getMatch().getKeyword());
            case HAS_VECTOR ->
                point.vectors().containsKey(condition.getHasVector().getHasVector());
            default -> throw new IllegalArgumentException("the double knows no " + condition.getConditionOneOfCase());
        };
    }

    private static String text(Point point, String field) {
        Value value = point.payload().get(field);
        return value == null ? "" : value.getStringValue();
    }
}
