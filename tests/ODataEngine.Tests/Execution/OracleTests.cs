using System.Text;
using System.Text.Json;
using CsCheck;
using ODataEngine.Execution.Indexes;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing;
using ServiceOffices.Testing.OData;
using ServiceOffices.Testing.Oracle;

namespace ODataEngine.Tests.Execution;

/// <summary>
/// Compares whole responses of the engine to random queries, which combine all options, with a naive evaluation in C# over
/// the same records. A case that fails is shrunk and printed as its URL.
/// </summary>
public sealed class OracleTests
{
    private static readonly SampleRows Rows = new(seed: 11, samples: 40, groups: 16);

    private static readonly OracleData Data = new(Rows.Samples, Rows.Groups);

    private static readonly SampleEngine Scanning = new(Rows.Samples, Rows.Groups, new ODataOptions { Indexing = IndexOptions.Disabled });

    private static readonly SampleEngine Indexed = new(Rows.Samples, Rows.Groups, new ODataOptions { Indexing = new IndexOptions { MinRows = 1 } });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Samples_RandomQuery_EqualsNaiveEvaluation(bool indexed) => Check("samples", OracleType.Sample, Data.Samples, 3_000, indexed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_RandomQuery_EqualsNaiveEvaluation(bool indexed) => Check("groups", OracleType.Group, Data.Groups, 1_500, indexed);

    private static void Check(string set, OracleType type, IReadOnlyList<object> rows, int count, bool indexed) =>
        SeededCheck.Run(OracleQueries.ForRequest(type), count, options => Compare(set, rows, options, indexed ? Indexed : Scanning), options => Url(set, options));

    private static void Compare(string set, IReadOnlyList<object> rows, OracleOptions options, SampleEngine engine)
    {
        var url = Url(set, options);
        var response = engine.Get(url, ("Accept", "application/json;metadata=none"));
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status == 200, $"{Uri.UnescapeDataString(url)}: {text}");

        var (shown, total) = Expected(rows, options);
        OracleOptions.Members expected = options.Count ? [("@odata.count", total), ("value", shown)] : [("value", shown)];

        var difference = OracleComparison.FindDifference(expected, JsonDocument.Parse(text).RootElement);

        Assert.True(difference is null, $"{difference}\n{Uri.UnescapeDataString(url)}");
    }

    private static (List<object> Shown, int Total) Expected(IReadOnlyList<object> rows, OracleOptions options)
    {
        var (shown, total) = options.Rows(rows, OracleScope.ForRow(Data, rows[0]));

        // Within $select and $expand, $it is the row that is written.
        return ([.. shown.Select(row => options.Show(row, OracleScope.ForRow(Data, row)))], total);
    }

    private static string Url(string set, OracleOptions options) => $"{set}?{string.Join('&', options.Options.Select(Encode))}";

    private static string Encode(string option)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        return option[..(split + 1)] + Uri.EscapeDataString(option[(split + 1)..]);
    }
}
