using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Schema;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

public sealed class ExportFormatsTests
{
    public static TheoryData<string> Names => [.. ExportFormats.All.Select(format => format.Name)];

    public static async Task<byte[]> WriteAsync(ExportFormat format, RowSet rows)
    {
        using var output = new MemoryStream();
        await format.WriteAsync(rows, new ExportOptions("rows"), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    [Fact]
    public void All_Names_AreUniqueLowerCaseExtensions()
    {
        var names = ExportFormats.All.Select(format => format.Name).ToArray();

        Assert.Equal(names, names.Distinct());
        Assert.All(names, name => Assert.Matches("^[a-z]+(\\.[a-z]+)?$", name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_EdgeCases_MatchesGolden(string name)
    {
        var file = await WriteAsync(Format(name), RowSet.All(EdgeCases.Table));

        // Compressed bytes may change with the library, so the content is compared.
        if (name == "xlsx")
        {
            Golden.Matches("edge-cases.xlsx.txt", ZipDump.Format(file));
        }
        else if (name == "gpkg")
        {
            Golden.Matches("edge-cases.gpkg.txt", GeoPackageDump.Format(file));
        }
        else
        {
            Golden.Matches($"edge-cases.{name}", file);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_Twice_IsDeterministic(string name)
    {
        var once = await WriteAsync(Format(name), RowSet.All(EdgeCases.Table));

        Assert.Equal(once, await WriteAsync(Format(name), RowSet.All(EdgeCases.Table)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_Completed_LeavesStreamOpen(string name)
    {
        using var output = new MemoryStream();

        await Format(name).WriteAsync(RowSet.All(EdgeCases.Table), new ExportOptions("rows"), output, TestContext.Current.CancellationToken);

        Assert.True(output.CanWrite);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_ManyRows_IsStreamed(string name)
    {
        using var output = new CountingStream();
        var rows = Enumerable.Range(0, 20_000).Select(i => i % EdgeCases.Table.Count).ToArray();

        await Format(name).WriteAsync(new RowSet(EdgeCases.Table, rows), new ExportOptions("rows"), output, TestContext.Current.CancellationToken);

        Assert.True(Format(name).IsCompressed || output.Length > 500_000);
        Assert.InRange(output.LargestWrite, 1, 256 * 1024);
        Assert.Equal(0, output.BlockingWrites);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_Cancelled_Throws(string name)
    {
        using var output = new MemoryStream();
        var rows = Enumerable.Range(0, 20_000).Select(i => i % EdgeCases.Table.Count).ToArray();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Format(name).WriteAsync(new RowSet(EdgeCases.Table, rows), new ExportOptions("rows"), output, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Documentation_Downloads_ListsEveryDatasetAndFormat()
    {
        var docs = File.ReadAllText(Repository.PathTo("docs", "downloads.md"));

        Assert.All(RegisterModel.Model.Sets, set => Assert.Contains($"`{set.Name}`", docs, StringComparison.Ordinal));
        Assert.All(ExportFormats.All, format => Assert.Contains($"`.{format.Name}`", docs, StringComparison.Ordinal));
    }

    private static ExportFormat Format(string name) => ExportFormats.All.Single(format => format.Name == name);

    private sealed class CountingStream : MemoryStream
    {
        private long written;

        public int LargestWrite { get; private set; }

        public override long Length => written;

        public int BlockingWrites { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => BlockingWrites++;

        public override void Write(ReadOnlySpan<byte> buffer) => BlockingWrites++;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            written += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
