using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures the time from the response that accepts an edit until the public OData service returns it, on a running host with
/// a register that may be modified.
/// </summary>
internal static class EditCommand
{
    private const int Offices = 140;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <param name="arguments">The URL of the host, the key of an editor, the number of edits.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var address, var key, var count] || !int.TryParse(count, CultureInfo.InvariantCulture, out var edits) || edits < 1)
        {
            await Console.Error.WriteLineAsync("edits ADDRESS KEY EDITS, such as: edits http://localhost:7071 secret 20");
            return 2;
        }

        using HttpClient client = new() { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Add("x-functions-key", key);
        StringBuilder csv = new("id,name,locationPrecision\n");
        var existingOffices = int.Parse(await client.GetStringAsync(new Uri("/odata/v1/offices/$count", UriKind.Relative)), CultureInfo.InvariantCulture);
        for (var office = existingOffices; office < Offices; office++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"kontor-{office},Servicekontor {office},none\n");
        }

        if (existingOffices < Offices)
        {
            using StringContent document = new(csv.ToString(), Encoding.UTF8, "text/csv");
            using var response = await client.PostAsync(new Uri("/register/imports", UriKind.Relative), document);
            response.EnsureSuccessStatusCode();
            await WaitAsync(client, "/odata/v1/offices/$count", Offices.ToString(CultureInfo.InvariantCulture));
        }

        List<double> seconds = [];
        for (var edit = 0; edit < edits; edit++)
        {
            var note = $"{Guid.NewGuid():N}";
            using HttpRequestMessage request = new(HttpMethod.Patch, "/register/offices/storuman")
            {
                Content = new StringContent($"{{\"note\": \"{note}\"}}", Encoding.UTF8, "application/merge-patch+json"),
            };
            request.Headers.Add("If-Match", "*");
            using var response = await client.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
            }

            var stopwatch = Stopwatch.StartNew();
            await WaitAsync(client, "/odata/v1/offices('storuman')/note/$value", note);
            seconds.Add(stopwatch.Elapsed.TotalSeconds);
        }

        seconds.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"{edits} edits at {Math.Max(existingOffices, Offices)} offices, from accepted to public: median {seconds[edits / 2]:0.00} s, min {seconds[0]:0.00} s, max {seconds[^1]:0.00} s"));
        return 0;
    }

    private static async Task WaitAsync(HttpClient client, string path, string content)
    {
        var stopwatch = Stopwatch.StartNew();
        while (await client.GetStringAsync(new Uri(path, UriKind.Relative)) != content)
        {
            if (stopwatch.Elapsed > Timeout)
            {
                throw new TimeoutException($"{path} does not show '{content}'.");
            }

            await Task.Delay(Poll);
        }
    }
}
