package org.vultus.evaluation.gallery;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.vultus.biometrics.embed.FeatureVector;

/** JVector's graph (HNSW) over the same vectors, for comparison. Used by one thread; building uses all. */
final class HnswIndex implements AutoCloseable {
    /** As JVector's own examples have them. */
    private static final int DEGREE = 32;

    private static final int BUILD_WIDTH = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float DIVERSITY = 1.2f;

    /** So many candidates are kept in a search: chosen for a recall near that of the exact peers. */
    private static final int SEARCH_WIDTH = 200;

    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    private final ListRandomAccessVectorValues vectors;
    private final GraphIndexBuilder builder;
    private final GraphSearcher searcher;

    HnswIndex(List<FeatureVector> faces) {
        vectors = new ListRandomAccessVectorValues(
                faces.stream().<VectorFloat<?>>map(HnswIndex::vector).toList(),
                faces.getFirst().dimension());
        builder = new GraphIndexBuilder(
                vectors, VectorSimilarityFunction.DOT_PRODUCT, DEGREE, BUILD_WIDTH, OVERFLOW, DIVERSITY, true);
        ImmutableGraphIndex graph = builder.build(vectors);
        searcher = new GraphSearcher(graph);
    }

    /** The number of the vector that is found first. */
    int nearest(FeatureVector probe) {
        SearchResult result = searcher.search(
                DefaultSearchScoreProvider.exact(vector(probe), VectorSimilarityFunction.DOT_PRODUCT, vectors),
                SEARCH_WIDTH,
                Bits.ALL);
        return result.getNodes().length == 0 ? -1 : result.getNodes()[0].node;
    }

    private static VectorFloat<?> vector(FeatureVector features) {
        return TYPES.createFloatVector(features.toArray());
    }

    @Override
    public void close() {
        try {
            searcher.close();
            builder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
