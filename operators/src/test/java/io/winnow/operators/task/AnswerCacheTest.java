package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
