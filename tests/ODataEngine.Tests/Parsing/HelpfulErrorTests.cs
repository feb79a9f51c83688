using System.Text;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Parsing;

/// <summary>Typical mistakes, each with the phrase of the message that contains the next step.</summary>
public sealed class HelpfulErrorTests
{
    private static readonly SampleEngine Engine = new(null, FixedSamples.Tables);

    [Theory]
    // Operators of other languages.
    [InlineData("samples?$filter=name = 'x'", "Use 'eq' instead of '='")]
    [InlineData("samples?$filter=name == 'x'", "Use 'eq' instead of '=='")]
    [InlineData("samples?$filter=name='x'", "Use 'eq' instead of '='")]
    [InlineData("samples?$filter=flag and name = 'x'", "Use 'eq' instead of '='")]
    [InlineData("samples?$filter=(name = 'x')", "Use 'eq' instead of '='")]
    [InlineData("samples?$filter=name != 'x'", "Use 'ne' instead of '!='")]
    [InlineData("samples?$filter=name <> 'x'", "Use 'ne' instead of '<>'")]
    [InlineData("samples?$filter=id < 5", "Use 'lt' instead of '<'")]
    [InlineData("samples?$filter=id <= 5", "Use 'le' instead of '<='")]
    [InlineData("samples?$filter=id > 5", "Use 'gt' instead of '>'")]
    [InlineData("samples?$filter=id >= 5", "Use 'ge' instead of '>='")]
    [InlineData("samples?$filter=id eq 1 || id eq 2", "Use 'or' instead of '||'")]
    [InlineData("samples?$filter=id eq 1 %26%26 id eq 2", "Use 'and' instead of '&&'")]
    [InlineData("samples?$filter=id %2B whole eq 2", "Use 'add'")]
    [InlineData("samples?$filter=id - whole eq 2", "Use 'sub' instead of '-'")]
    [InlineData("samples?$filter=id * 2 eq 2", "Use 'mul' instead of '*'")]
    [InlineData("samples?$filter=name like '%25x%25'", "contains(property,'text')")]
    [InlineData("samples?$filter=name contains 'x'", "contains(property,'text')")]
    [InlineData("samples?$filter=name startswith 'x'", "startswith(property,'text')")]
    [InlineData("samples?$filter=name is null", "property eq null")]
    [InlineData("samples?$filter=id between 1 and 2", "property ge 1 and property le 9")]
    [InlineData("samples/$filter(name = 'x')", "Use 'eq' instead of '='")]
    [InlineData("samples?$filter=children/any(c:c/name = 'x')", "Use 'eq' instead of '='")]
    [InlineData("samples?$expand=children($filter=name = 'x')", "Use 'eq' instead of '='")]
    // Types of constants.
    [InlineData("samples?$filter=groupCode eq 14", "Write strings in single quotes: '14'.")]
    [InlineData("samples?$filter=groupCode eq 014", "Write strings in single quotes: '014'.")]
    [InlineData("samples?$filter=groupCode eq true", "Write strings in single quotes.")]
    [InlineData("samples?$filter=id eq 'x'", "Write numbers without quotes.")]
    [InlineData("samples?$filter=group eq 'north'", "such as group/name")]
    [InlineData("samples?$filter=details eq 'x'", "such as details/note")]
    [InlineData("groups?$filter=state eq 'open'", "Members: ")]
    [InlineData("samples?$filter=name eq \"x", "no closing quote")]
    [InlineData("samples?$filter=name eq 'x", "no closing quote")]
    [InlineData("samples?$filter=naem eq 'x'", "Did you mean 'name'?")]
    [InlineData("samples?$filter=not flag eq true and not id eq 1", "not (a eq b)")]
    [InlineData("sampels", "Did you mean 'samples'?")]
    // Query options: those near a system query option, and those of other APIs.
    [InlineData("samples?$filer=id eq 1", "$filter")]
    [InlineData("samples?filer=id eq 1", "Did you mean $filter?")]
    [InlineData("samples?fliter=id eq 1", "Did you mean $filter?")]
    [InlineData("samples?filters=id eq 1", "Did you mean $filter?")]
    [InlineData("samples?selct=id", "Did you mean $select?")]
    [InlineData("samples?oderby=id", "Did you mean $orderby?")]
    [InlineData("samples?exapnd=group", "Did you mean $expand?")]
    [InlineData("samples?serach=x", "Did you mean $search?")]
    [InlineData("samples?formt=json", "Did you mean $format?")]
    [InlineData("samples?limit=5", "Did you mean $top?")]
    [InlineData("samples?pageSize=5", "Did you mean $top?")]
    [InlineData("samples?per_page=5", "Did you mean $top?")]
    [InlineData("samples?offset=5", "Did you mean $skip?")]
    [InlineData("samples?where=id", "Did you mean $filter?")]
    [InlineData("samples?sort=id", "Did you mean $orderby?")]
    [InlineData("samples?order=id", "Did you mean $orderby?")]
    [InlineData("samples?fields=id", "Did you mean $select?")]
    [InlineData("samples?include=group", "Did you mean $expand?")]
    [InlineData("samples?$top=ten", "a whole number from 0")]
    [InlineData("samples?$top=-1", "a whole number from 0")]
    // Literals and plus signs.
    [InlineData("samples?$filter=lasts gt duration'1 day'", "'1 day' is not a valid Edm.Duration; write days, hours, minutes and seconds as in P1DT2H30M5.5S.")]
    [InlineData("samples?$filter=lasts gt '1h'", "as in P1DT2H30M5.5S")]
    [InlineData("samples?$filter=id + whole eq 2", "write %2B for a plus sign")]
    [InlineData("samples?$filter=id%20+%20whole%20eq%202", "write %2B for a plus sign")]
    [InlineData("samples?$filter=changed gt 2020-01-01T00:00:00", "Write 2026-01-31T08:00:00Z, or an offset such as %2B01:00")]
    [InlineData("samples?$expand=name", "Navigation properties: group")]
    [InlineData("samples?$expand=municipalities", "Sample has no property 'municipalities' that can be expanded. Navigation properties: group")]
    [InlineData("samples?$expand=grop", "Did you mean 'group'? Navigation properties: group")]
    [InlineData("samples?$select=naem", "Did you mean 'name'?")]
    [InlineData("samples?$orderby=naem", "Did you mean 'name'?")]
    [InlineData("samples?$filter=contians(name,'x')", "Did you mean 'contains'?")]
    public void Get_TypicalMistake_MessageContainsNextStep(string url, string phrase)
    {
        var response = Engine.Get(url);

        var message = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status is 400 or 404, $"{response.Status} {message}");
        Assert.Contains(phrase, System.Text.Json.JsonDocument.Parse(message).RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    // A message states the problem once.
    [Theory]
    [InlineData("samples?$filter=lasts gt duration'1 day'", "1 day")]
    [InlineData("groups?$filter=state eq Sampling.State'Opne'", "Opne")]
    [InlineData("samples?$filter=token eq binary'%25'", "'%'")]
    [InlineData("samples?$filter=on eq 2020-13-01", "2020-13-01")]
    [InlineData("samples?$filter=lasts eq '1h'", "'1h'")]
    public void Get_InvalidLiteral_IsNamedOnce(string url, string literal)
    {
        using var error = System.Text.Json.JsonDocument.Parse(Engine.Get(url).Body);
        var message = error.RootElement.GetProperty("error").GetProperty("message").GetString()!;
        // After the excerpt of the query.
        Assert.Equal(2, message[(message.IndexOf("): ", StringComparison.Ordinal) + 3)..].Split(literal).Length);
    }

    // Queries that encode all blanks as plus signs get no hint.
    [Fact]
    public void Get_BlanksAsPlusSigns_MessageHasNoHint()
    {
        var response = Engine.Get("samples?$filter=id+eq+eq+2");

        Assert.Equal(400, response.Status);
        Assert.DoesNotContain("%2B", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    // 4.01 Part 2, 5.2: custom query options are ignored.
    [InlineData("county=01")]
    [InlineData("code=x")]
    [InlineData("type=x")]
    [InlineData("_=17")]
    [InlineData("utm_source=x")]
    public void Get_CustomOption_IsIgnored(string option) => Assert.Equal(200, Engine.Get("samples?" + option).Status);
}
