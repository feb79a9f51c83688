using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Editing;

public abstract partial class ImportContract
{
    public static TheoryData<string, string, string> BadDocuments => new()
    {
        { "Latin-1", "id,name\r\nstoruman,\u00c5sele\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'the byte 0xC5 in line 2, byte 10 (Windows-1252 or Latin-1, perhaps)'." },
        { "half of it UTF-16", "id,name\r\nstoruman,\0x\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'the byte 0x00 in line 2, byte 10 (UTF-16, or no text at all)'." },
        { "UTF-16", "id,name\r\nstoruman,x\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'UTF-16, or no text at all'." },
        { "semicolons", "id;name\r\nstoruman;x\r\n", "The document, row 1: must be a header separated by commas; for semicolons, use delimiter=semicolon; got 'cells separated by semicolons'." },
        { "nothing", "", "The document: must be a header and rows, as in a download; got 'nothing'." },
        { "a workbook", "PK\u0003\u0004id,name\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'a workbook (.xlsx, .ods, .xls) or another archive'." },
        { "a PDF", "%PDF-1.7\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'a PDF document'." },
        { "no header", "storuman,x\r\n", "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by commas; got 'storuman,x'." },
        { "unknown column", "id,nmae\r\nstoruman,x\r\n", "offices, row 1: nmae must be one of the columns id, name, kind, status, lastConfirmedOn, lastConfirmedSource, basis, municipalityCode, countyCode, locality, vulnerableAreas, address/street, address/postalCode, address/city, location, latitude, longitude, locationPrecision, services, videoMeetings, videoMeetingsSince, openingHours, specialHours, phone, email, webPage, sources, note, modifiedAt; got 'nmae'." },
        { "column twice", "id,name,name\r\nstoruman,x,y\r\n", "offices, row 1: name must be present only once in the header; got 'name'." },
        { "short row", "id,name\r\nstoruman\r\n", "offices, row 2: must be a row of 2 cells, like the header; got '1 cells'." },
        { "cut off in quotes", "id,name\r\nstoruman,\"x\r\n", "The document: must be complete, with every quoted cell closed and each quote inside a cell doubled (RFC 4180, 2.7); got 'an odd number of quotes, the last in line 2'." },
        { "duplicate id", "id,name\r\nstoruman,x\r\nstoruman,y\r\n", "offices, row 3: id must be unique in the document; row 2 has the same id; got 'storuman'." },
        { "quotes that do not fit", "\"id\"x,name\r\n\"\"", "The document, row 1: must be CSV according to RFC 4180; got 'a cell with misplaced quotes'." },
        { "quotes that do not fit further down", "id,name\r\nstoruman,x\r\ntorsby,\"x\"y\r\n", "The document, row 3: must be CSV according to RFC 4180; got 'a cell with misplaced quotes'." },
        { "bad id", Header + "Ny Ort,x,2421,,,none\r\n", "offices, row 2: id must be 1 to 64 characters of a-z, 0-9 and inner hyphens; got 'Ny Ort'." },
        { "unknown municipality", Header + "ny,x,9999,,,none\r\n", "offices, row 2: municipalityCode must be the four digits of a Swedish municipality or nothing; got '9999'." },
        { "lost zero", Header + "ny,x,114,,,none\r\n", "offices, row 2: municipalityCode must be the four digits of a Swedish municipality or nothing; got '114'." },
        { "swapped coordinates", Header + "ny,x,2421,17.1,65.1,locality\r\n", "offices, row 2: latitude must be a latitude, 55.0 to 69.1: it looks like the longitude, and the longitude 65.1 like the latitude; swap them; got '17.1'." },
        { "SWEREF 99 TM", Header + "ny,x,2421,7220681.917,599316.507,locality\r\n", "offices, row 2: latitude must be in degrees of WGS 84: it and the longitude 599316.507 look like metres of SWEREF 99 TM, which are latitude 65.09480 and longitude 17.11390; got '7220681.917'." },
        { "outside Sweden", Header + "ny,x,2421,48.9,2.3,locality\r\n", "offices, row 2: latitude must be decimal degrees within Sweden, 55.0 to 69.1 (WGS 84); got '48.9'." },
        { "decimal comma", "id,latitude\r\nstoruman,\"65,1\"\r\n", "offices, row 2: latitude must be a number; got '65,1'." },
        { "list that is none", "id,services\r\nstoruman,skatteverket\r\n", "offices, row 2: services must be a JSON array of {agency, levels} objects; got 'skatteverket'." },
        { "impossible date", "officeId,number,kind,on,precision\r\nstoruman,90,moved,2026-02-30,day\r\n", "events, row 2: on must be a date string, such as 2020-07-01; got '2026-02-30'." },
        { "date far off", "officeId,number,kind,on,precision\r\nstoruman,90,moved,0202-02-03,day\r\n", "events, row 2: on must be a date from 1990-01-01 to 2100-12-31; got '0202-02-03'." },
        { "event before its office", "officeId,number,kind,on,precision\r\nny,1,opened,2026-02-03,day\r\n", "events, row 2: officeId must be the id of an office in the register or in this document; got 'ny'." },
        { "event twice", "officeId,number,kind,on,precision\r\nstoruman,90,moved,2026-02-03,day\r\nstoruman,90,moved,2026-02-04,day\r\n", "events, row 3: number must be unique within the office; row 2 has the same number; got '90'." },
        { "event of no number", "officeId,number,kind,on,precision\r\nstoruman,first,moved,2026-02-03,day\r\n", "events, row 2: number must be a whole number from 1, unique within the office; got 'first'." },
        { "unknown member of a list", "id,services\r\nstoruman,\"[{\"\"agency\"\":\"\"skatteverket\"\",\"\"levels\"\":[],\"\"level\"\":1}]\"\r\n", "offices, row 2: services[0].level must be an item of an array of {agency, levels} objects; got '{\"agency\":\"skatteverket\",\"levels\":[],\"level\":1}'." },
        { "no date", "officeId,number,kind,on,precision\r\nstoruman,90,moved,,day\r\n", "events, row 2: on must be a date string, such as 2020-07-01; on is missing." },
        { "not JSON or CSV", "GIF89a\r\n", "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by commas; got 'GIF89a'." },
        { "a line of comment", "id,name\r\n# storuman,x\r\n", "offices, row 2: id must be 1 to 64 characters of a-z, 0-9 and inner hyphens; got '# storuman'." },
    };

    [Theory]
    [MemberData(nameof(BadDocuments))]
    public async Task Csv_Invalid_Returns422AndWritesNothing(string description, string text, string message)
    {
        var content = description == "Latin-1" ? Encoding.Latin1.GetBytes(text) : description == "UTF-16" ? Encoding.Unicode.GetBytes("\uFEFF" + text) : Encoding.UTF8.GetBytes(text);

        var response = await Editor.SendAsync("POST", "/register/imports", content, EditorClient.Csv);

        Assert.Equal((422, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.Contains(message, Messages(response));
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("{", "an error in line 1, byte 2")]
    [InlineData("[{\"id\": \"a\", \"id\": \"b\"}]", "got 'a duplicate member'")]
    [InlineData("[{\"id\": \"storuman\"}", "an error in line 1")]
    [InlineData("7", "got 'Number'")]
    [InlineData("{}", "got '{}'")]
    [InlineData("{\"offices\": {}}", "offices must be a JSON array")]
    [InlineData("[7]", "row 1: offices must be JSON objects")]
    [InlineData("[{\"name\": \"x\"}]", "row 1: id must be the office's id")]
    [InlineData("[{\"id\": \"storuman\", \"location\": null, \"latitude\": \"65\"}]", "row 1: latitude must be a number; got '65'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"zip\": \"1\"}}]", "address/zip must be one of the columns")]
    [InlineData("[{\"id\": \"storuman\", \"nmae\": \"x\"}]", "row 1: nmae must be one of the columns")]
    [InlineData(
        "[{\"id\": \"storuman\", \"openingHours\": [{\"dayOfWeek\": \"monday\", \"opens\": \"09:00:00\", \"closes\": \"16:00:00\", \"byAppointment\": false, \"room\": 7}]}]",
        "row 1: openingHours[0].room must be an item of an array of {dayOfWeek, opens, closes, byAppointment} objects; got")]
    [InlineData(
        "[{\"id\": \"storuman\", \"services\": [{\"agency\": \"skatteverket\", \"levels\": [\"general\"], \"level\": \"x\"}]}]",
        "row 1: services[0].level must be an item of an array of {agency, levels} objects; got")]
    [InlineData("{\"events\": [{\"officeId\": \"storuman\", \"number\": 1, \"date\": \"2026-01-01\"}]}", "events, row 1: date must be one of the columns officeId, number, ")]
    [InlineData("id,name\r\nstoruman,x\r\n", "an error in line 1, byte 1")]
    [InlineData("[{\"id\": \"storuman\", \"note\": \"\\ud83d\"}]", "got 'a lone surrogate in line 1, byte 29'")]
    [InlineData("[{\"id\": \"storuman\",\n\"\\ude00\": null}]", "got 'a lone surrogate in line 2, byte 1'")]
    [InlineData("[{\"id\": \"storuman\", \"services\": [{\"\\ud83d\": 1}]}]", "got 'a lone surrogate in line 1, byte 35'")]
    [InlineData("[{\"id\": \"storuman\", \"note\": {\"sv\": \"x\"}}]", "row 1: note must be a string; got '{\"sv\": \"x\"}'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"city\": [\"x\"]}}]", "row 1: address/city must be a string; got '[\"x\"]'.")]
    [InlineData("[{\"id\": [\"storuman\"]}]", "row 1: id must be the office's id; got '[\"storuman\"]'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"city\": \"x\"}, \"address/city\": \"y\"}]", "row 1: address/city must be set once, by its path or within its object; got 'y'.")]
    [InlineData("[{\"id\": \"storuman\", \"address/city\": \"x\", \"address\": null}]", "row 1: address/city must be set once, by its path or within its object; got 'null'.")]
    [InlineData("<offices><office id=\"storuman\"/></offices>", "an error in line 1, byte 1")]
    public async Task Json_Invalid_Returns422AndWritesNothing(string json, string message)
    {
        var response = await Editor.SendAsync("POST", "/register/imports", json);

        Assert.Equal(422, (int)response.Status);
        Assert.Contains(Messages(response), text => text.Contains(message, StringComparison.Ordinal));
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("iso-8859-1", "the byte 0xC5 in line 1, byte 30 (Windows-1252 or Latin-1, perhaps)")]
    [InlineData("utf-16", "UTF-16, or no text at all")]
    [InlineData("utf-16BE", "UTF-16, or no text at all")]
    public async Task Json_NotUtf8_IsRejectedAndWritesNothing(string encoding, string found)
    {
        var text = Encoding.GetEncoding(encoding);

        var response = await Editor.SendAsync("POST", "/register/imports", [.. text.GetPreamble(), .. text.GetBytes("""[{"id": "storuman", "note": "Åsele"}]""")], EditorClient.Json);

        Assert.Equal((422, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.EndsWith($"in UTF-8, complete and without duplicate members; got '{found}'.", Assert.Single(Messages(response)), StringComparison.Ordinal);
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_MegabyteCell_ProblemShowsTruncatedValue()
    {
        var megabyte = new string('x', 900_000);
        foreach (var document in new[] { $"id,{megabyte}\r\n", $"{megabyte},name\r\n", $"id,name\r\n{megabyte},x\r\n", $"id,services\r\nstoruman,{megabyte}\r\n" })
        {
            var response = await Editor.SendAsync("POST", "/register/imports", document, EditorClient.Csv);

            Assert.Equal(422, (int)response.Status);
            Assert.InRange(response.Content.Length, 0, 10_000);
            Assert.Contains("xxx…", response.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Document_EveryRowInvalid_CountsAllAndListsFirst()
    {
        var response = await Editor.SendAsync("POST", "/register/imports", "id\n" + string.Concat(Enumerable.Range(0, 6000).Select(row => $"!{row}\n")), EditorClient.Csv);

        Assert.StartsWith("The document has 18000 problems. Nothing was written.", response.Object["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((18_000, 10_000), (response.Object["problemCount"]!.GetValue<int>(), response.Object["problems"]!.AsArray().Count));
    }

    [Theory]
    [InlineData(EditorClient.Csv, "id\n", "a\n", "")]
    [InlineData(EditorClient.Json, "[0", ",0", "]")]
    public async Task Document_TooManyRows_IsRejectedImmediately(string mediaType, string begin, string row, string end)
    {
        var response = await Editor.SendAsync("POST", "/register/imports", begin + string.Concat(Enumerable.Repeat(row, 250_001)) + end, mediaType);

        Assert.Equal("offices: must be at most 250000 rows in one document; got 'more'.", Assert.Single(Messages(response)));
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_WrongDelimiter_ProblemNamesDelimiter()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?delimiter=semicolon", "id,name\r\nstoruman,x\r\n", EditorClient.Csv);

        Assert.Equal(
            "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by semicolons (delimiter=semicolon); got 'id,name'.",
            Assert.Single(Messages(response)));
    }

    [Fact]
    public async Task Document_ManyProblems_ListsEach()
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports", Header + "a,,9999,1,2,door\r\nb,x,0114,,,roof\r\nstoruman,x,2421,65,17,locality\r\n", EditorClient.Csv);

        Assert.Equal(
            ["2 name", "2 municipalityCode", "2 latitude", "2 longitude", "3 locationPrecision"],
            response.Object["problems"]!.AsArray().Select(problem => $"{problem!["row"]} {problem["column"]}"));
        Assert.Single(response.Object["differences"]!.AsArray());
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_FromSpreadsheet_AcceptsSemicolonOption()
    {
        var content = Encoding.UTF8.GetBytes("\uFEFFid;latitude;longitude;locationPrecision;videoMeetings\nstoruman;65,1;17,1;locality;TRUE\n\n");

        var response = await Editor.SendAsync("POST", "/register/imports?delimiter=semicolon", content, EditorClient.Csv);

        Assert.Equal("completed", (await Editor.WaitForImportAsync(response.Location!))["state"]!.GetValue<string>());
        var office = (await Editor.GetAsync("/register/offices/storuman")).Object;
        Assert.Equal((65.1, 17.1, true), (office["latitude"]!.GetValue<double>(), office["longitude"]!.GetValue<double>(), office["videoMeetings"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task Csv_AnyLineEnding_IsAccepted(string end)
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", $"id,note{end}storuman,x{end}torsby,y{end}", EditorClient.Csv);

        Assert.Equal(["storuman", "torsby"], response.Object["differences"]!.AsArray().Select(difference => difference!["officeId"]!.GetValue<string>()));
    }
}
