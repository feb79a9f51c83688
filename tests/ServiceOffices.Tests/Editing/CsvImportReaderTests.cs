using System.Text;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Seed;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Editing;

public sealed class CsvImportReaderTests
{
    [Theory]
    [InlineData("sep=;\r\nid;name\r\na;x\r\nb;y\r\n", 3)]
    [InlineData("sep=,\nid,name\na,x\nb,y\n", 3)]
    [InlineData("id,name,\r\na,x,\r\nb,y,\r\n", 2)]
    [InlineData("id,name\r\na,x,,\r\nb,y,\r\n", 2)]
    [InlineData("id,name\r\na,x\r\n;;;;\r\n,,,\r\nb,y\r\n", 2)]
    public void Read_LayoutOfSpreadsheets_HasSameRows(string text, int firstRow)
    {
        var document = CsvImportReader.Read(Encoding.UTF8.GetBytes(text), ',');

        Assert.Empty(document.Problems);
        Assert.Equal(["a", "b"], document.Offices!.Rows.Select(row => row.GetString("id")));
        Assert.Equal(["x", "y"], document.Offices.Rows.Select(row => row.GetString("name")));
        Assert.Equal(firstRow, document.Offices.Rows[0].Number);
        Assert.All(document.Offices.Rows, row => Assert.Empty(row.Problems));
    }

    [Fact]
    public void Plan_ManyProblems_AreCountedByColumn()
    {
        var text = new StringBuilder("id,name,municipalityCode,locationPrecision\r\n");
        for (var i = 0; i < 11_000; i++)
        {
            text.Append(null, $"o{i},x,114,{(i == 7 ? "nowhere" : "none")}\r\n");
        }

        var document = CsvImportReader.Read(Encoding.UTF8.GetBytes(text.ToString()), ',');
        var report = new ImportPlanner(new RegisterContent([], []), new EditValidator(SeedData.Reference), ImportMode.Merge, new DateOnly(2026, 11, 30)).Plan(document);

        Assert.Equal((11_001, 10_000), (report.ProblemCount, report.Problems.Count));
        Assert.Equal([("municipalityCode", 11_000, 2, "114"), ("locationPrecision", 1, 9, "nowhere")], report.ProblemGroups.Select(group => (group.Column!, group.Count, group.Row!.Value, group.Example!)));
    }
}
