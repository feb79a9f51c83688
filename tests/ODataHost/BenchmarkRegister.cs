using System.Text.Json;

namespace ServiceOffices.ODataHost;

/// <summary>Generates synthetic offices for benchmarks from a seed: the same count gives the same offices on every machine.</summary>
public static class BenchmarkRegister
{
    private const int Seed = 20260302;
    private const int MunicipalitiesOfCounty = 14;

    /// <summary>The beginnings of names of municipalities.</summary>
    public static readonly IReadOnlyList<string> Beginnings =
    [
        "Alm", "Ask", "Björk", "Brann", "Dal", "Ek", "Fager", "Gran", "Hav", "Hög", "Karls", "Ling", "Malm", "Nor", "Rosen", "Sand", "Sten", "Söder", "Tall", "Väster",
    ];

    /// <summary>The ends of names of municipalities.</summary>
    public static readonly IReadOnlyList<string> Endings =
    [
        "berga", "by", "dala", "fors", "hamn", "holm", "hult", "inge", "köping", "lunda", "näs", "sele", "sjö", "stad", "sund", "vik",
    ];

    public static readonly IReadOnlyList<string> Counties =
        ["01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23", "24", "25"];

    public static readonly IReadOnlyList<string> Statuses = ["Open", "Planned", "Closed"];

    public static readonly IReadOnlyList<string> Services =
        ["Arbetsförmedlingen", "Folkbokföring", "Försäkringskassan", "Idkort", "Migrationsverket", "Pensionsmyndigheten", "Självservice", "Skatteverket"];

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

    public static IEnumerable<BenchmarkOffice> Offices(int count)
    {
        var random = new Random(Seed);
        var hours = Days.Select((day, i) => new BenchmarkHours(day, new TimeOnly(i == 4 ? 9 : 10, 0), new TimeOnly(i == 4 ? 13 : 16, 0))).ToList();
        for (var id = 1; id <= count; id++)
        {
            var number = random.Next(Counties.Count * MunicipalitiesOfCounty);
            var (county, local) = (number / MunicipalitiesOfCounty, number % MunicipalitiesOfCounty);
            var municipality = Beginnings[number * 7 % Beginnings.Count] + Endings[number * 5 % Endings.Count];
            yield return new BenchmarkOffice(
                id,
                count <= 300 ? $"Servicekontor {municipality}" : $"Servicekontor {municipality} {1 + (id / 300)}",
                $"{Counties[county]}{80 - local}",
                municipality,
                Counties[county],
                random.Next(100) switch { < 86 => "Open", < 94 => "Planned", _ => "Closed" },
                new DateOnly(2008, 1, 1).AddDays(random.Next(18 * 365)),
                Math.Round(55.5 + (county * 0.6) + random.NextDouble(), 6),
                Math.Round(12 + (county % 7) + random.NextDouble(), 6),
                random.Next(10) < 4,
                [.. Services.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Services[0])],
                new BenchmarkAddress(
                    $"{Beginnings[random.Next(Beginnings.Count)]}gatan {1 + random.Next(98)}", (10_000 + random.Next(88_000)).ToString("D5", null), municipality),
                hours);
        }
    }

    /// <summary>Writes offices as the JSON array that every compared program reads.</summary>
    public static void Write(string path, int count)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, Offices(count));
    }
}
