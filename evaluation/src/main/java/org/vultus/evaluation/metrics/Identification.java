package org.vultus.evaluation.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Open-set 1:N error rates (ISO/IEC 19795-1:2021). Each mated search is also made with the person's own reference
 * taken out of the gallery: that is a non-mated search of the same image, and with the searches of people who are not
 * enrolled at all it gives the false positive identification rate.
 *
 * @param gallery the number of references
 * @param matedSearches searches for somebody who is enrolled
 * @param nonMatedSearches searches for somebody who is not
 * @param rank1 the share of mated searches whose best candidate is the right one, at no threshold
 * @param fnirAtFpir for each FPIR, the share of mated searches that do not return the right person first and above the
 *     threshold; empty where the sample cannot show such a rate
 */
public record Identification(
        int gallery, int matedSearches, int nonMatedSearches, double rank1, Map<String, Optional<Point>> fnirAtFpir) {

    private static final String[] RATES = {"1e-1", "1e-2", "1e-3"};

    /** One threshold and what it costs. */
    public record Point(double threshold, double fpir, double fnir, Interval fnirInterval) {}

    /**
     * @param own for each mated search the score of the right reference
     * @param best for each mated search the best score among all other references
     * @param strangers for each search of somebody not enrolled the best score
     */
    public static Identification of(int gallery, double[] own, double[] best, double[] strangers) {
        double[] nonMated = Arrays.copyOf(best, best.length + strangers.length);
        System.arraycopy(strangers, 0, nonMated, best.length, strangers.length);
        // A mated search that returns somebody else first has failed whatever the threshold.
        double[] found = new double[own.length];
        int first = 0;
        for (int i = 0; i < own.length; i++) {
            boolean right = own[i] > best[i];
            first += right ? 1 : 0;
            found[i] = right ? own[i] : ErrorRates.FAILED;
        }
        ErrorRates rates = new ErrorRates(found, nonMated);
        Map<String, Optional<Point>> fnir = new LinkedHashMap<>();
        for (String rate : RATES) {
            fnir.put(
                    rate,
                    rates.atFmr(Double.parseDouble(rate))
                            .map(p -> new Point(p.threshold(), p.fmr(), p.fnmr(), p.fnmrInterval())));
        }
        return new Identification(gallery, own.length, nonMated.length, (double) first / own.length, fnir);
    }
}
