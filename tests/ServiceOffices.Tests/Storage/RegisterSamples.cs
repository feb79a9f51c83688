using ServiceOffices.Register.Model;

namespace ServiceOffices.Tests.Storage;

/// <summary>Offices with edge cases for a store.</summary>
internal static class RegisterSamples
{
    public static RegisterEntry CreateOffice(string id, string name = "Servicekontor", params LifecycleEvent[] events) =>
        new(new Office { Id = id, Name = name, LocationPrecision = "none" }, events);

    public static LifecycleEvent CreateOpenedEvent(string officeId, int number, string? note = null) =>
        new() { OfficeId = officeId, Number = number, Kind = "opened", On = new DateOnly(2020, 7, 1), Precision = "day", Note = note };

    /// <summary>An office with a value for every property: quotes, newlines, åäö, emoji, a formula, leading zeros, the antimeridian.</summary>
    public static RegisterEntry CreateEdgeCase(string id = "nasty-1") => new(
        new Office
        {
            Id = id,
            Name = "\"Åsele\", 'Ö'\r\n\t=1+1 🏢",
            Kind = "colocated",
            Basis = "other",
            MunicipalityCode = "0114",
            Locality = "  Upplands Väsby  ",
            VulnerableAreas = ["Rosengård", "", "=HYPERLINK(\"x\")"],
            Address = new Address("Storgatan 1 \\ 2/3 #4?", "01234", null),
            Latitude = -89.99999999999999,
            Longitude = 180,
            LocationPrecision = "door",
            Services =
            [
                new OfferedService("skatteverket", ["general", "inDepth"]),
                new OfferedService("arbetsformedlingen", []),
            ],
            VideoMeetings = false,
            VideoMeetingsSince = new DateOnly(2024, 2, 29),
            OpeningHours =
            [
                new OpeningHours("monday", new TimeOnly(8, 0), new TimeOnly(15, 59, 59), false),
                new OpeningHours("sunday", TimeOnly.MinValue, new TimeOnly(23, 59), true),
            ],
            SpecialHours =
            [
                new SpecialHours(new DateOnly(2024, 12, 24), null, null, "Julafton <b>\u0001</b>"),
                new SpecialHours(new DateOnly(2024, 12, 31), new TimeOnly(9, 30), new TimeOnly(12, 0), null),
            ],
            Phone = "+46771223344",
            Email = "a+b@example.se",
            WebPage = "https://example.se/ö?a=1&b='2'",
            Sources = ["https://example.se/%20", "https://example.se/å"],
            Note = "null",
        },
        [
            new LifecycleEvent
            {
                OfficeId = id,
                Number = 1,
                Kind = "proposed",
                On = new DateOnly(2018, 5, 1),
                Precision = "month",
                Source = "https://example.se/'--",
                Note = "line 1\nline 2 \u2028 ẞ",
            },
            new LifecycleEvent { OfficeId = id, Number = 12, Kind = "opened", On = DateOnly.MaxValue, Precision = "year" },
            new LifecycleEvent { OfficeId = id, Number = 1_000_000, Kind = "closed", On = DateOnly.MinValue, Precision = "day", Note = "" },
        ]);
}
