using ServiceOffices.Register.Model;

namespace ServiceOffices.Tests.Publishing;

public sealed class LocalDateTests
{
    // Swedish summer time (SFS 2001:127): from the last Sunday of March to the last Sunday of October, at 01:00 UTC.
    [Theory]
    [InlineData("2026-10-24T21:59:59Z", "2026-10-24")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26")]
    [InlineData("2027-03-27T22:59:59Z", "2027-03-27")]
    [InlineData("2027-03-27T23:00:00Z", "2027-03-28")]
    [InlineData("2027-03-28T22:00:00Z", "2027-03-29")]
    [InlineData("2026-12-31T23:00:00+00:00", "2027-01-01")]
    public void InStockholm_Instant_ReturnsLocalDate(string instant, string date) =>
        Assert.Equal(DateOnly.ParseExact(date, "yyyy-MM-dd", null), LocalDate.InStockholm(DateTimeOffset.Parse(instant, null)));
}
