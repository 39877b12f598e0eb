package org.vultus.store.qdrant;

import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;

import io.qdrant.client.VectorOutputHelper;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.UuidIndexParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.store.qdrant.QdrantConnection.Nonsense;
import org.vultus.store.qdrant.QdrantConnection.NotFound;

/**
 * One collection of Qdrant. A point is a person's reference under the reference's own identifier; its payload is that identifier
 * and the department's. It has a vector under each live version of its department's key, in the slot of odd or of even
 * versions: so that a new version can be added beside the one in use. Each department has a graph of its own (multitenancy: {@code m
 * = 0}, {@code payload_m}), because its vectors compare with nobody else's. Safe for several threads.
 */
final class QdrantIndex {
    /** Qdrant's own default for graphs. */
    private static final int LINKS = 16;

    /** How many neighbours a search keeps in sight; Qdrant's default of 100 is for ten results, and one lost here is a person refused. */
    private static final int EF = 256;

    private static final String REFERENCE = "reference";
    private static final String DEPARTMENT = "department";
    private static final int MOST_DEPARTMENTS = 100_000;

    private final QdrantConnection qdrant;
    private final String collection;
    private volatile int dimension;

    /** @param vectors by slot, of the collection's dimension */
    record Point(UUID id, UUID department, Map<String, float[]> vectors) {}

    /** @param threshold the least score; nothing for any */
    record Query(
            UUID department,
            String slot,
            float[] vector,
            int limit,
            @Nullable Float threshold) {}

    record Hit(UUID id, double score) {}

    /** @param next where the next page begins; nothing after the last */
    record Page(List<Point> points, @Nullable PointId next) {}

    QdrantIndex(QdrantConnection qdrant, String collection) {
        this.qdrant = qdrant;
        this.collection = collection;
    }

    static String slot(int version) {
        return version % 2 == 0 ? "even" : "odd";
    }

    /** The number of components of its vectors; 0 when there is no such collection. */
    int dimension() {
        if (dimension == 0) {
            try {
                dimension = call(
                        "look at the collection",
                        c -> c.getCollectionInfoAsync(collection, qdrant.timeout()),
                        QdrantIndex::dimension);
            } catch (NotFound e) {
                return 0;
            }
        }
        return dimension;
    }

    private static int dimension(CollectionInfo info) {
        Map<String, VectorParams> slots =
                info.getConfig().getParams().getVectorsConfig().getParamsMap().getMapMap();
        VectorParams odd = slots.get(slot(1));
        VectorParams even = slots.get(slot(2));
        if (odd == null || even == null || odd.getSize() < 1 || odd.getSize() != even.getSize()) {
            throw new Nonsense("the collection was not made by Vultus");
        }
        return (int) odd.getSize();
    }

    /** Makes the collection, unless somebody else has. */
    synchronized void create(int components) {
        VectorParams params = VectorParams.newBuilder()
                .setSize(components)
                .setDistance(Distance.Cosine)
                .build();
        CreateCollection wish = CreateCollection.newBuilder()
                .setCollectionName(collection)
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(0).setPayloadM(LINKS))
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParamsMap(VectorParamsMap.newBuilder()
                                .putMap(slot(1), params)
                                .putMap(slot(2), params)))
                .build();
        if (exists()) {
            return;
        }
        try {
            call(
                    "make the collection",
                    c -> c.createCollectionAsync(wish, qdrant.timeout()),
                    answer -> require(answer.getResult()));
        } catch (GalleryUnavailable e) {
            // Another server was quicker, or the answer to an earlier attempt was lost.
            if (!exists()) {
                throw e;
            }
        }
        call(
                "index the departments",
                c -> c.createPayloadIndexAsync(
                        collection,
                        DEPARTMENT,
                        PayloadSchemaType.Uuid,
                        PayloadIndexParams.newBuilder()
                                .setUuidIndexParams(UuidIndexParams.newBuilder().setIsTenant(true))
                                .build(),
                        true,
                        null,
                        qdrant.timeout()),
                QdrantIndex::done);
        dimension = components;
    }

    private boolean exists() {
        return call(
                "ask for the collection", c -> c.collectionExistsAsync(collection, qdrant.timeout()), there -> there);
    }

    void upsert(List<Point> points) {
        UpsertPoints.Builder wish =
                UpsertPoints.newBuilder().setCollectionName(collection).setWait(true);
        for (Point point : points) {
            wish.addPoints(PointStruct.newBuilder()
                    .setId(id(point.id()))
                    .setVectors(namedVectors(vectors(point)))
                    .putPayload(REFERENCE, value(point.id().toString()))
                    .putPayload(DEPARTMENT, value(point.department().toString())));
        }
        write("write", c -> c.upsertAsync(wish.build(), qdrant.timeout()));
    }

    void delete(UUID point) {
        DeletePoints wish = DeletePoints.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .setPoints(PointsSelector.newBuilder()
                        .setPoints(PointsIdsList.newBuilder().addIds(id(point))))
                .build();
        write("delete", c -> c.deleteAsync(wish, qdrant.timeout()));
    }

    /** Adds vectors to points that are there and still in the department. */
    void addVectors(UUID department, List<Point> points) {
        UpdatePointVectors.Builder wish = UpdatePointVectors.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .setUpdateFilter(of(department).build());
        for (Point point : points) {
            wish.addPoints(PointVectors.newBuilder().setId(id(point.id())).setVectors(namedVectors(vectors(point))));
        }
        write("add vectors", c -> c.updateVectorsAsync(wish.build(), qdrant.timeout()));
    }

    /** Takes the vectors of a slot away from everybody of the department. */
    void dropVectors(UUID department, String slot) {
        DeletePointVectors wish = DeletePointVectors.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .setPointsSelector(PointsSelector.newBuilder().setFilter(of(department)))
                .setVectors(VectorsSelector.newBuilder().addNames(slot))
                .build();
        write("remove vectors", c -> c.deleteVectorsAsync(wish, qdrant.timeout()));
    }

    /** The best of each query, in the order of the queries. */
    List<List<Hit>> query(List<Query> queries) {
        List<QueryPoints> wish = queries.stream().map(this::wish).toList();
        return call("search", c -> c.queryBatchAsync(collection, wish, null, qdrant.timeout()), answers -> {
            if (answers.size() != queries.size()) {
                throw new Nonsense(answers.size() + " answers to " + queries.size() + " questions");
            }
            List<List<Hit>> hits = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) {
                hits.add(hits(queries.get(i), answers.get(i)));
            }
            return hits;
        });
    }

    private QueryPoints wish(Query query) {
        QueryPoints.Builder wish = QueryPoints.newBuilder()
                .setCollectionName(collection)
                .setQuery(nearest(query.vector()))
                .setUsing(query.slot())
                .setFilter(of(query.department()))
                .setParams(SearchParams.newBuilder().setHnswEf(Math.max(EF, query.limit())))
                .setLimit(query.limit())
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(DEPARTMENT)));
        if (query.threshold() != null) {
            wish.setScoreThreshold(query.threshold());
        }
        return wish.build();
    }

    private static List<Hit> hits(Query query, BatchResult answer) {
        List<Hit> hits = new ArrayList<>();
        for (ScoredPoint point : answer.getResultList()) {
            if (!department(point.getPayloadMap()).equals(query.department())) {
                throw new Nonsense("a reference of another department than asked for");
            }
            double score = point.getScore();
            if (!(Math.abs(score) < 1.001)) {
                throw new Nonsense("a score that is no cosine");
            }
            hits.add(new Hit(uuid(point.getId()), Math.clamp(score, -1.0, 1.0)));
        }
        return hits;
    }

    /** The points that are there, of those named. */
    List<Point> get(Collection<UUID> ids) {
        GetPoints.Builder wish = GetPoints.newBuilder()
                .setCollectionName(collection)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        ids.forEach(each -> wish.addIds(id(each)));
        try {
            return call(
                    "read",
                    c -> c.retrieveAsync(wish.build(), qdrant.timeout()),
                    answer -> answer.stream().map(this::point).toList());
        } catch (NotFound e) {
            return List.of();
        }
    }

    Optional<Point> get(UUID point) {
        return get(List.of(point)).stream().findFirst();
    }

    /** Some of the points of a department that lack a slot. */
    List<Point> lacking(UUID department, String slot, int limit) {
        return scroll(without(department, slot), null, limit, true).points();
    }

    /** The points one after the other by identifier, without their vectors. */
    Page page(@Nullable PointId from, int limit) {
        return scroll(Filter.getDefaultInstance(), from, limit, false);
    }

    private Page scroll(Filter filter, @Nullable PointId from, int limit, boolean vectors) {
        ScrollPoints.Builder wish = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter)
                .setLimit(limit)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(vectors));
        if (from != null) {
            wish.setOffset(from);
        }
        try {
            return call(
                    "list",
                    c -> c.scrollAsync(wish.build(), qdrant.timeout()),
                    answer -> new Page(
                            answer.getResultList().stream().map(this::point).toList(),
                            answer.hasNextPageOffset() ? answer.getNextPageOffset() : null));
        } catch (NotFound e) {
            return new Page(List.of(), null);
        }
    }

    int count(UUID department) {
        return count(of(department).build());
    }

    int count() {
        return count(Filter.getDefaultInstance());
    }

    int countLacking(UUID department, String slot) {
        return count(without(department, slot));
    }

    int countHaving(UUID department, String slot) {
        return count(of(department).addMust(hasVector(slot)).build());
    }

    private int count(Filter filter) {
        try {
            return call("count", c -> c.countAsync(collection, filter, true, qdrant.timeout()), Math::toIntExact);
        } catch (NotFound e) {
            return 0;
        }
    }

    /** How many points each department has. */
    Map<UUID, Integer> departments() {
        FacetCounts wish = FacetCounts.newBuilder()
                .setCollectionName(collection)
                .setKey(DEPARTMENT)
                .setLimit(MOST_DEPARTMENTS)
                .setExact(true)
                .build();
        try {
            return call("count by department", c -> c.facetAsync(wish, qdrant.timeout()), hits -> {
                Map<UUID, Integer> counts = new HashMap<>();
                for (FacetHit hit : hits) {
                    counts.put(uuid(hit.getValue().getStringValue()), Math.toIntExact(hit.getCount()));
                }
                return counts;
            });
        } catch (NotFound e) {
            return Map.of();
        }
    }

    private Filter without(UUID department, String slot) {
        return of(department).addMustNot(hasVector(slot)).build();
    }

    private static Filter.Builder of(UUID department) {
        return Filter.newBuilder().addMust(matchKeyword(DEPARTMENT, department.toString()));
    }

    private void write(String what, QdrantConnection.Call<UpdateResult> call) {
        call(what, call, QdrantIndex::done);
    }

    private <T, R> R call(String what, QdrantConnection.Call<T> call, Function<T, R> check) {
        try {
            return qdrant.call(what, call, check);
        } catch (NotFound e) {
            // The collection, or a point of it: whoever asks next learns which.
            dimension = 0;
            throw e;
        }
    }

    private static boolean done(UpdateResult result) {
        return require(result.getStatus() == UpdateStatus.Completed);
    }

    private static boolean require(boolean done) {
        if (!done) {
            throw new Nonsense("it was not done");
        }
        return true;
    }

    private static Map<String, io.qdrant.client.grpc.Points.Vector> vectors(Point point) {
        Map<String, io.qdrant.client.grpc.Points.Vector> vectors = new HashMap<>();
        point.vectors().forEach((slot, components) -> vectors.put(slot, vector(components)));
        return vectors;
    }

    private Point point(RetrievedPoint point) {
        Map<String, float[]> vectors = new HashMap<>();
        for (Map.Entry<String, VectorOutput> each :
                point.getVectors().getVectors().getVectorsMap().entrySet()) {
            List<Float> components =
                    VectorOutputHelper.getDenseVector(each.getValue()).getDataList();
            if (components.size() != dimension()) {
                throw new Nonsense("a vector of " + components.size() + " components");
            }
            float[] plain = new float[components.size()];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = components.get(i);
            }
            vectors.put(each.getKey(), plain);
        }
        return new Point(uuid(point.getId()), department(point.getPayloadMap()), vectors);
    }

    private static UUID department(Map<String, Value> payload) {
        Value value = payload.get(DEPARTMENT);
        if (value == null) {
            throw new Nonsense("a reference without its department");
        }
        return uuid(value.getStringValue());
    }

    private static UUID uuid(PointId id) {
        return uuid(id.getUuid());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Nonsense("no identifier: a text of " + text.length() + " letters");
        }
    }
}
