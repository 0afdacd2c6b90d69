package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswerCacheTest {
  private static final long BYTES = 1 << 20;

  private final AtomicInteger computed = new AtomicInteger();

  @Test
  void aTextIsComputedOnceForAModel() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);

    AnswerCache.Answer first = cache.answer("a", "Paris", this::enrich);
    AnswerCache.Answer again = cache.answer("a", new String("Paris"), this::enrich);

    assertThat(first.repeated()).isFalse();
    assertThat(again.repeated()).isTrue();
    assertThat(again.text()).isSameAs(first.text());
    assertThat(computed).hasValue(1);
  }

  @Test
  void anotherModelOrTextIsAnotherAnswer() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    cache.answer("a", "Paris", this::enrich);

    assertThat(cache.answer("b", "Paris", this::enrich).repeated()).isFalse();
    assertThat(cache.answer("a", "paris", this::enrich).repeated()).isFalse();
  }

  @Test
  void threadsThatAskForATextAtOnceComputeItOnce() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<AnswerCache.Answer>> answers = new ArrayList<>();
      answers.add(
          threads.submit(
              () ->
                  cache.answer(
                      "a",
                      "Paris",
                      text -> {
                        started.countDown();
                        await(answered);
                        return enrich(text);
                      })));
      started.await();
      for (int i = 0; i < 2; i++) {
        answers.add(threads.submit(() -> cache.answer("a", "Paris", this::enrich)));
      }
      answered.countDown();

      assertThat(answers.get(0).get().repeated()).isFalse();
      assertThat(answers.get(1).get().repeated()).isTrue();
      assertThat(answers.get(2).get().repeated()).isTrue();
      assertThat(computed).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofTextsThatComeTogetherEachIsComputedOnce() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    AnswerCache.Answer known = cache.answer("a", "Paris", this::enrich);
    List<List<String>> asked = new ArrayList<>();

    List<Outcome> outcomes =
        cache.answers(
            "a",
            List.of("Rome", "Paris", "Oslo", "Rome"),
            (texts, listener) -> {
              asked.add(texts);
              outcomes(texts, listener);
            });

    assertThat(asked).containsExactly(List.of("Rome", "Oslo"));
    assertThat(outcomes.get(0).orThrow().repeated()).isFalse();
    assertThat(outcomes.get(1).orThrow().text()).isSameAs(known.text());
    assertThat(outcomes.get(3).orThrow().text()).isSameAs(outcomes.get(0).orThrow().text());
    assertThat(outcomes.get(3).orThrow().repeated()).isTrue();
    assertThat(cache.answer("a", "Oslo", this::enrich).repeated()).isTrue();
  }

  @Test
  void ofTextsThatComeTogetherARefusedOneIsNotRemembered() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    RejectedException refusal = new RejectedException(Reason.INFERENCE_FAILED, "no");
    AnswerCache.BatchModel model =
        (texts, listener) -> {
          for (int i = 0; i < texts.size(); i++) {
            boolean refused = texts.get(i).equals("Rome");
            listener.found(i, refused ? Outcome.of(refusal) : outcome(texts.get(i)));
          }
        };

    List<Outcome> outcomes = cache.answers("a", List.of("Rome", "Oslo", "Rome"), model);

    assertThat(outcomes.get(0).rejection()).isSameAs(refusal);
    assertThat(outcomes.get(1).rejection()).isNull();
    assertThat(outcomes.get(2).rejection()).isSameAs(refusal);
    assertThat(cache.answer("a", "Rome", this::enrich).repeated()).isFalse();
  }

  @Test
  void threadsWithTheSameTextsInOtherOrdersDoNotWaitForEachOther() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    List<String> texts = new ArrayList<>(IntStream.range(0, 50).mapToObj(i -> "t" + i).toList());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Outcome>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Collections.shuffle(texts, new Random(i));
        List<String> order = List.copyOf(texts);
        all.add(threads.submit(() -> cache.answers("a", order, this::outcomes)));
      }
      for (Future<List<Outcome>> outcomes : all) {
        assertThat(outcomes.get(20, TimeUnit.SECONDS))
            .hasSize(50)
            .allSatisfy(outcome -> assertThat(outcome.rejection()).isNull());
      }
      assertThat(computed).hasValue(50);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Another thread may wait for one of them alone: it would hang here, so it may not for long. */
  @Test
  @Timeout(20)
  void whatBecomesOfATextIsKnownBeforeTheOthersThatComeWithIt() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);
    RejectedException refusal = new RejectedException(Reason.INFERENCE_FAILED, "no");
    List<Outcome> again = new ArrayList<>();

    cache.answers(
        "a",
        List.of("Rome", "Bern", "Oslo"),
        (texts, listener) -> {
          listener.found(0, outcome("Rome"));
          listener.found(1, Outcome.of(refusal));
          again.addAll(cache.answers("a", List.of("Rome", "Bern"), this::outcomes));
          listener.found(2, outcome("Oslo"));
        });

    assertThat(again.get(0).orThrow().repeated()).isTrue();
    assertThat(again.get(1).orThrow().repeated()).isFalse(); // each asks for itself
  }

  @Test
  void threadThatBreaksOffLeavesNobodyWaiting() {
    AnswerCache cache = new AnswerCache(BYTES);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                cache.answers(
                    "a",
                    List.of("Rome"),
                    (texts, listener) -> {
                      throw new IllegalStateException("closed");
                    }));

    assertThat(cache.answers("a", List.of("Rome"), this::outcomes))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.orThrow().repeated()).isFalse());
  }

  @Test
  void whatCannotBeAnsweredIsNotRemembered() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> cache.answer("a", "Paris", AnswerCacheTest::reject));
    }
    assertThat(cache.answer("a", "Paris", this::enrich).repeated()).isFalse();
    assertThat(cache.answer("a", "Paris", this::enrich).repeated()).isTrue();
  }

  @Test
  void anErrorLeavesNobodyWaiting() throws Exception {
    AnswerCache cache = new AnswerCache(BYTES);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                cache.answer(
                    "a",
                    "Paris",
                    text -> {
                      throw new IllegalStateException();
                    }));

    assertThat(cache.answer("a", "Paris", this::enrich).repeated()).isFalse();
  }

  @Test
  void itHoldsNoMoreThanItMay() throws Exception {
    AnswerCache cache = new AnswerCache(10_000);
    for (int i = 0; i < 1_000; i++) {
      cache.answer("a", "text " + i, this::enrich);
    }
    int before = computed.get();
    for (int i = 0; i < 1_000; i++) {
      cache.answer("a", "text " + i, this::enrich);
    }

    assertThat(computed.get() - before).isBetween(970, 1_000);
  }

  /** Of one hash code, "Aa" and "BB" can be put together to as many texts as one likes. */
  @Test
  void textsOfOneHashCodeAreFoundApart() throws Exception {
    AnswerCache cache = new AnswerCache(100 * BYTES);
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0; i < 12; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    for (String text : texts) {
      cache.answer("a", text, this::enrich);
    }

    assertThat(computed).hasValue(4_096);
    for (String text : texts) {
      assertThat(cache.answer("a", text, this::enrich).repeated()).isTrue();
    }
  }

  private void outcomes(List<String> texts, SortedEnricher.Listener listener) {
    for (int i = 0; i < texts.size(); i++) {
      listener.found(i, outcome(texts.get(i)));
    }
  }

  private Outcome outcome(String text) {
    return Outcome.of(new AnswerCache.Answer(enrich(text), false));
  }

  private EnrichedText enrich(String text) {
    computed.incrementAndGet();
    return new EnrichedText(text.length(), text.length(), 1, 1_000, List.of());
  }

  private static EnrichedText reject(String text) throws RejectedException {
    throw new RejectedException(Reason.INFERENCE_FAILED, "The model fails");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
