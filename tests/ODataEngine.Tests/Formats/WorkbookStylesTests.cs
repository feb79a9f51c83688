using System.IO.Compression;
using System.Xml.Linq;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

public sealed class WorkbookStylesTests
{
    private static readonly XNamespace Ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // ISO/IEC 29500-1, 18.8.8: without a named style for builtinId 0, openpyxl and pandas warn that there is no default style.
    [Fact]
    public async Task Styles_OfWorkbook_HaveDefaultCellStyle()
    {
        using var output = new MemoryStream();
        await new XlsxFormat().WriteAsync(RowSet.All(EdgeCases.Table), new ExportOptions("rows"), output, TestContext.Current.CancellationToken);
        using ZipArchive zip = new(output, ZipArchiveMode.Read);
        await using var part = await zip.GetEntry("xl/styles.xml")!.OpenAsync(TestContext.Current.CancellationToken);
        var styles = XDocument.Load(part).Root!;

        var style = Assert.Single(styles.Element(Ns + "cellStyles")!.Elements(Ns + "cellStyle"));
        Assert.Equal(("Normal", "0", "0"), ((string)style.Attribute("name")!, (string)style.Attribute("builtinId")!, (string)style.Attribute("xfId")!));
        Assert.Single(styles.Element(Ns + "cellStyleXfs")!.Elements(Ns + "xf"));
        // The order of the schema: cellStyles follows cellXfs.
        Assert.Equal(Ns + "cellXfs", style.Parent!.ElementsBeforeSelf().Last().Name);
    }
}
