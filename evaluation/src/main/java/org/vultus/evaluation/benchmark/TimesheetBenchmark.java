package org.vultus.evaluation.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.timesheet.Hours;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.attendance.timesheet.SiteRecord;
import org.vultus.attendance.timesheet.TimesheetCalculation;
import org.vultus.evaluation.protocol.UserError;
import org.vultus.evaluation.report.Json;
import org.vultus.evaluation.report.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code vultus benchmark timesheets}: recalculates a year of many invented people. Half work by day from Monday to Friday, a quarter
 * by night, a quarter 12×36; they punch within half an hour of the start and the end, and forget one time in a hundred. Making the
 * people up is not timed.
 */
@Command(
        name = "timesheets",
        description = "Times how long the timesheets of a year take to be calculated again, for many invented people.")
public final class TimesheetBenchmark implements Callable<Integer> {
    private static final int AT_ONCE = 500;
    private static final int MOST_PEOPLE = 10_000_000;
    private static final int MOST_THREADS = 1000;
    private static final long SEED = 20_261_121;
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);
    private static final Instant AS_OF = Instant.parse("2027-02-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--people", paramLabel = "N", description = "How many people; 10000 when absent.")
    private int people = 10_000;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads; one for each core when absent.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private JsonFile json = new JsonFile();

    /**
     * @param seconds on the clock; on a machine that does other things too, look at the next
     * @param processorSeconds of all threads together
     * @param microsecondsPerDay of processor time, for a day of one person
     * @param checksum the regular seconds of all, so that two runs can be seen to agree
     */
    record Report(
            int people,
            int threads,
            long days,
            long punches,
            double seconds,
            @JsonProperty("processor_seconds") double processorSeconds,
            @JsonProperty("microseconds_per_day") double microsecondsPerDay,
            long checksum) {}

    private record Sum(long regular, long processorNanos) {}

    @Override
    public Integer call() throws IOException {
        if (people < 1 || people > MOST_PEOPLE || threads < 1 || threads > MOST_THREADS) {
            throw new UserError(
                    "--people must be from 1 to %d, --threads from 1 to %d".formatted(MOST_PEOPLE, MOST_THREADS));
        }
        json.check();
        String report = Json.write(run());
        spec.commandLine().getOut().println(report);
        json.write(report);
        return 0;
    }

    private Report run() {
        Shift day = Shift.DEFAULT;
        Shift night = shift("night", LocalTime.of(22, 0), LocalTime.of(6, 0));
        Shift twelve = shift("twelve", LocalTime.of(7, 0), LocalTime.of(19, 0));
        Map<DayOfWeek, List<UUID>> week = new EnumMap<>(DayOfWeek.class);
        Map<DayOfWeek, List<UUID>> nights = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek one : DayOfWeek.values()) {
            if (one.getValue() <= 5) {
                week.put(one, List.of(day.id()));
                nights.put(one, List.of(night.id()));
            }
        }
        List<Roster> rosters = List.of(
                Roster.weekly(new UUID(1, 1), "week", ZONE, week),
                Roster.weekly(new UUID(1, 2), "nights", ZONE, nights),
                Roster.twelveByThirtySix(new UUID(1, 3), "12x36", ZONE, FIRST, twelve.id()));
        SiteRecord site = new SiteRecord(
                new Planning(ZONE, List.of(night, twelve), rosters, List.of()), List.of(), Duration.ofMinutes(1));
        Random random = new Random(SEED);
        long nanos = 0;
        long punches = 0;
        long processorNanos = 0;
        long checksum = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int done = 0; done < people; done += AT_ONCE) {
                List<PersonRecord> some = new ArrayList<>();
                for (int i = done; i < Math.min(people, done + AT_ONCE); i++) {
                    int kind = i % 4;
                    Roster roster = rosters.get(kind < 2 ? 0 : kind - 1);
                    Shift shift = kind < 2 ? day : kind == 2 ? night : twelve;
                    PersonRecord person = person(i, roster, shift, random);
                    punches += person.punches().size();
                    some.add(person);
                }
                long begin = System.nanoTime();
                Sum sum = calculate(workers, site, some);
                checksum += sum.regular;
                processorNanos += sum.processorNanos;
                nanos += System.nanoTime() - begin;
                spec.commandLine().getErr().println(Math.min(people, done + AT_ONCE) + " of " + people);
            }
        }
        long days = people * (LAST.toEpochDay() - FIRST.toEpochDay() + 1);
        return new Report(
                people,
                threads,
                days,
                punches,
                nanos / 1e9,
                processorNanos / 1e9,
                processorNanos / 1e3 / days,
                checksum);
    }

    private static Sum calculate(ExecutorService workers, SiteRecord site, List<PersonRecord> people) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Future<Sum>> results = new ArrayList<>();
        for (PersonRecord person : people) {
            results.add(workers.submit(() -> {
                long begin = threads.getCurrentThreadCpuTime();
                Hours total = TimesheetCalculation.of(site, person, FIRST, LAST, AS_OF)
                        .total();
                return new Sum(total.regular(), threads.getCurrentThreadCpuTime() - begin);
            }));
        }
        long regular = 0;
        long processorNanos = 0;
        for (Future<Sum> result : results) {
            try {
                Sum sum = result.get();
                regular += sum.regular;
                processorNanos += sum.processorNanos;
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return new Sum(regular, processorNanos);
    }

    private static Shift shift(String name, LocalTime start, LocalTime end) {
        Shift usual = Shift.DEFAULT;
        return new Shift(
                new UUID(2, start.toSecondOfDay()),
                name,
                start,
                end,
                Duration.ofHours(2),
                Duration.ofHours(4),
                usual.lateGrace(),
                usual.earlyLeaveGrace(),
                List.of(),
                Duration.ZERO,
                false);
    }

    private static PersonRecord person(int number, Roster roster, Shift shift, Random random) {
        UUID subject = new UUID(3, number);
        UUID department = new UUID(4, number % 20);
        List<Punch> punches = new ArrayList<>();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            if (!roster.on(day).isEmpty()) {
                LocalDate end = shift.crossesMidnight() ? day.plusDays(1) : day;
                add(
                        punches,
                        subject,
                        department,
                        day.atTime(shift.start()).atZone(ZONE).toInstant(),
                        random);
                add(
                        punches,
                        subject,
                        department,
                        end.atTime(shift.end()).atZone(ZONE).toInstant(),
                        random);
            }
        }
        Assignment assignment =
                new Assignment(new UUID(5, number), subject, roster.id(), FIRST.minusYears(1), subject, LONG_AGO);
        return new PersonRecord(subject, department, punches, List.of(), List.of(assignment), List.of(), List.of());
    }

    private static void add(List<Punch> to, UUID subject, UUID department, Instant about, Random random) {
        if (random.nextInt(100) == 0) {
            return;
        }
        Instant at = about.plusSeconds(random.nextInt(3600) - 1800L);
        to.add(new Punch(
                new UUID(random.nextLong(), random.nextLong()),
                (long) to.size(),
                subject,
                department,
                at,
                at.plusSeconds(1),
                new UUID(6, 6),
                Method.FACE,
                null,
                null,
                null));
    }
}
