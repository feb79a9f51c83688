using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>$select, $expand and $compute with their nested options (OData 4.01 Part 2, 5.1.3, 5.1.4 and 5.1.10).</summary>
public sealed class ProjectionTests
{
    private static readonly SampleEngine Engine = new(
        [
            new Sample { Id = 1, Text = "one", Whole = 1, Tags = ["b", "a", "c"], GroupCode = "x", ParentId = 2, Details = new("n", true, 1, 2, 0.5, 1.5m, new(2020, 1, 1), DateTimeOffset.UnixEpoch, new("Sweden", 1), ["l"]) },
            new Sample { Id = 2, Text = "two", Whole = 2, GroupCode = "x", ParentId = 1, Parts = [new("p", 1, null, 3), new("q", 2, null, 1), new(null, null, null, 2)] },
            new Sample { Id = 3, Text = "three", GroupCode = "none", ParentId = 1 },
        ],
        [new SampleGroup { Code = "x", Name = "X", Active = true }]);

    [Theory]
    [InlineData("samples(1)?$select=id,text", """{"id":1,"text":"one"}""")]
    [InlineData("samples(1)?$select=text,id", """{"id":1,"text":"one"}""")]
    [InlineData("samples(1)?$select=details/note", """{"details":{"note":"n"}}""")]
    [InlineData("samples(1)?$select=details/note,details/origin/rank", """{"details":{"note":"n","origin":{"rank":1}}}""")]
    [InlineData("samples(1)?$select=details($select=count,origin($select=country))", """{"details":{"count":1,"origin":{"country":"Sweden"}}}""")]
    [InlineData("samples(1)?$select=details($select=note;$compute=count add total as sum)", """{"details":{"note":"n"}}""")]
    [InlineData("samples(1)?$select=details($select=sum;$compute=count add total as sum)", """{"details":{"sum":3}}""")]
    [InlineData("samples(3)?$select=details/note,id", """{"id":3,"details":null}""")]
    [InlineData("samples(1)?$select=tags($orderby=$this)", """{"tags":["a","b","c"]}""")]
    [InlineData("samples(1)?$select=tags($filter=$this ne 'a';$skip=1;$count=true)", """{"tags@odata.count":2,"tags":["c"]}""")]
    [InlineData("samples(1)?$select=tags($filter=startswith($it/text,$this))", """{"tags":[]}""")]
    [InlineData("samples(2)?$select=parts($filter=count gt $it/id;$select=count)", """{"parts":[{"count":3}]}""")]
    [InlineData("samples?$filter=id gt 1&$select=id,parts($filter=count gt $it/id;$select=count)", """{"value":[{"id":2,"parts":[{"count":3}]},{"id":3,"parts":[]}]}""")]
    [InlineData("samples?$filter=id gt 1&$select=id,parts($select=sum;$compute=count add $it/id as sum;$top=1)", """{"value":[{"id":2,"parts":[{"sum":5}]},{"id":3,"parts":[]}]}""")]
    [InlineData("samples(2)?$select=parts($filter=amount gt 1;$select=label)", """{"parts":[{"label":"q"}]}""")]
    [InlineData("samples(2)?$select=parts($orderby=count;$top=2;$select=count)", """{"parts":[{"count":1},{"count":2}]}""")]
    [InlineData("samples(2)?$select=parts/label", """{"parts":[{"label":"p"},{"label":"q"},{"label":null}]}""")]
    [InlineData("samples(2)?$select=parts($select=double;$compute=count mul 2 as double;$filter=double gt 2)", """{"parts":[{"double":6},{"double":4}]}""")]
    public void Select_Properties_ReturnsOnlyThose(string url, string expected) => Assert.Equal(expected, Bare(url));

    // Columns of few values share their encoded values between rows; 2.5 and 2.50 are equal but are written differently.
    [Fact]
    public void Select_DecimalScale_IsPreserved()
    {
        var engine = new SampleEngine([.. Enumerable.Range(1, 8).Select(id => new Sample { Id = id, Text = "t", Price = id % 2 == 0 ? 2.50m : 2.5m })]);
        engine.GetItems("samples?$filter=price eq 2.5&$select=price");

        Assert.Equal(
            ["""{"price":2.5}""", """{"price":2.50}""", """{"price":2.5}""", """{"price":2.50}"""],
            engine.GetItems("samples?$select=price&$top=4").Select(value => value[value.IndexOf("\"price\"", StringComparison.Ordinal)..]).Select(value => "{" + value));
    }

    [Theory]
    [InlineData("samples(1)?$select=id&$expand=group($select=name)", """{"id":1,"group":{"name":"X"}}""")]
    [InlineData("samples(3)?$select=id&$expand=group", """{"id":3,"group":null}""")]
    [InlineData("samples(1)?$select=id&$expand=children($select=id)", """{"id":1,"children":[{"id":2},{"id":3}]}""")]
    [InlineData("samples(1)?$select=id&$expand=children($select=id;$orderby=id desc;$top=1;$count=true)", """{"id":1,"children@odata.count":2,"children":[{"id":3}]}""")]
    [InlineData("samples(1)?$select=id&$expand=children($select=id;$filter=whole gt $it/whole)", """{"id":1,"children":[{"id":2}]}""")]
    [InlineData("samples(1)?$select=id&$expand=children/$count", """{"id":1,"children@odata.count":2}""")]
    [InlineData("samples(1)?$select=id&$expand=children/$count($filter=whole eq null)", """{"id":1,"children@odata.count":1}""")]
    [InlineData("samples(1)?$select=id&$expand=children/$ref", """{"id":1,"children":[{"@odata.id":"samples(2)"},{"@odata.id":"samples(3)"}]}""")]
    [InlineData("samples(1)?$select=id&$expand=group/$ref", """{"id":1,"group":{"@odata.id":"groups('x')"}}""")]
    [InlineData("samples(1)?$select=id&$expand=children($search=two;$select=id)", """{"id":1,"children":[{"id":2}]}""")]
    [InlineData("samples(1)?$select=id&$expand=children($select=next;$compute=id add 1 as next)", """{"id":1,"children":[{"next":3},{"next":4}]}""")]
    [InlineData("samples(3)?$select=id&$expand=parent($select=id;$levels=3)", """{"id":3,"parent":{"id":1,"parent":{"id":2,"parent":{"id":1}}}}""")]
    [InlineData("samples(1)?$select=id&$expand=group($select=code;$expand=samples($select=id;$expand=parent($select=id)))",
        """{"id":1,"group":{"code":"x","samples":[{"id":1,"parent":{"id":2}},{"id":2,"parent":{"id":1}}]}}""")]
    public void Expand_Navigation_ReturnsRelatedEntities(string url, string expected) => Assert.Equal(expected, Bare(url));

    [Theory]
    [InlineData("samples?$compute=whole mul 2 as double&$filter=double gt 2&$select=id,double", """[{"id":2,"double":4}]""")]
    [InlineData("samples?$compute=whole mul 2 as double,double add 1 as more&$select=more&$orderby=more desc", """[{"more":5},{"more":3},{"more":null}]""")]
    [InlineData("samples?$compute=children/$count as n&$select=n", """[{"n":2},{"n":1},{"n":0}]""")]
    [InlineData("samples?$compute=group/name as g,tags/any() as tagged&$select=g,tagged", """[{"g":"X","tagged":true},{"g":"X","tagged":false},{"g":null,"tagged":false}]""")]
    public void Compute_Properties_CanBeUsedAndSelected(string url, string expected) => Assert.Equal($$"""{"value":{{expected}}}""", Bare(url));

    // A computed property must be primitive.
    [Theory]
    [InlineData("samples?$compute=details as d")]
    [InlineData("samples?$compute=tags as t")]
    [InlineData("samples?$compute=group as g&$select=g")]
    public void Compute_StructuredValue_IsRejected(string url) => Assert.InRange(Engine.GetError(url).Status, 400, 501);

    // The object would have two members of one name.
    [Theory]
    [InlineData("samples(3)?$expand=parent($levels=2;$expand=parent)")]
    [InlineData("samples(3)?$expand=parent($levels=2;$expand=*)")]
    public void Expand_SameNavigationInLevels_Returns400(string url) => Assert.Equal((400, "DuplicateOption"), Engine.GetError(url));

    private static string Bare(string url) => Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText();
}
