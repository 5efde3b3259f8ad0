import TestSupport
import Testing
import Training

struct PolynomialScheduleTests {
  let schedule = PolynomialSchedule(initialRate: 0.01, steps: 1000)

  @Test func startsAtTheInitialRateAndEndsAtZero() {
    #expect(schedule.rate(atStep: 0) == 0.01)
    #expect(schedule.rate(atStep: 1000) == 0)
    #expect(schedule.rate(atStep: 2000) == 0)
  }

  @Test func fallsAsThePolynomialOfNnUNet() {
    // 0.01 · 0.5^0.9, by hand.
    #expect(abs(schedule.rate(atStep: 500) - 0.005358867312681466) < 1e-15)
  }
}
