using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>Context URLs (OData 4.01 Part 1, 10.7 to 10.13; ABNF 4.01: context).</summary>
public sealed class ContextUrlTests
{
    private static readonly SampleEngine Engine = new(null, FixedSamples.Tables);

    [Theory]
    // 10.9: in 4.0 the empty parentheses are omitted.
    [InlineData("samples?$select=name&$expand=group", "samples(name)", "samples(name,group())")]
    [InlineData("samples?$expand=group", "samples", "samples(group())")]
    [InlineData("samples?$expand=group($expand=samples)", "samples", "samples(group(samples()))")]
    [InlineData("samples?$select=name&$expand=group($select=code)", "samples(name,group(code))", "samples(name,group(code))")]
    [InlineData("samples?$select=name,group&$expand=group", "samples(name,group)", "samples(name,group,group())")]
    [InlineData("samples(1)?$select=name&$expand=group", "samples(name)/$entity", "samples(name,group())/$entity")]
    [InlineData("groups?$expand=Sampling.FundedGroup/leader", "groups", "groups(Sampling.FundedGroup/leader())")]
    // 10.9: recursive expansions have a plus sign.
    [InlineData("samples?$expand=parent($levels=2;$select=id)", "samples(parent+(id))", "samples(parent+(id))")]
    // References and counts are no expanded entities.
    [InlineData("samples?$expand=children/$ref", "samples", "samples")]
    [InlineData("samples?$expand=children/$count", "samples", "samples")]
    [InlineData("samples?$select=id&$expand=children/$ref", "samples(id)", "samples(id)")]
    // 10.8: a selected property of a complex property is a path.
    [InlineData("samples?$select=details($select=note)", "samples(details/note)", "samples(details/note)")]
    [InlineData("samples?$select=details($select=note,fixed)", "samples(details/note,details/fixed)", "samples(details/note,details/fixed)")]
    [InlineData("samples?$select=details/note,id", "samples(details/note,id)", "samples(details/note,id)")]
    [InlineData("samples?$select=details($select=*)", "samples(details)", "samples(details)")]
    [InlineData("samples?$compute=id add 1 as längd&$select=längd", "samples(l%C3%A4ngd)", "samples(l%C3%A4ngd)")]
    // 10.13 and 10.14: complex values have a select-list too.
    [InlineData("samples(2)/details?$select=note", "samples(2)/details(note)", "samples(2)/details(note)")]
    [InlineData("samples(2)/parts?$select=label", "samples(2)/parts(label)", "samples(2)/parts(label)")]
    // Data Aggregation 4.0, 3.1.1: navigation in parentheses, complex properties as paths, with the derived types of the request.
    [InlineData("samples?$apply=groupby((groupCode),aggregate($count as n))", "samples(groupCode,n)", "samples(groupCode,n)")]
    [InlineData("samples?$apply=groupby((group/name))", "samples(group(name))", "samples(group(name))")]
    [InlineData("samples?$apply=groupby((details/note))", "samples(details/note)", "samples(details/note)")]
    [InlineData("samples?$apply=groupby((group/active,group/code,id))&$select=group/active,id,group/code", "samples(group(active,code),id)", "samples(group(active,code),id)")]
    // ABNF, selectListProperty: a cast is part of the property's name, not of the navigation property before it.
    [InlineData("samples?$expand=group/Sampling.FundedGroup($select=sum)", "samples(group(Sampling.FundedGroup/sum))", "samples(group(Sampling.FundedGroup/sum))")]
    [InlineData("samples?$expand=group/Sampling.FundedGroup", "samples", "samples(group())")]
    [InlineData("groups?$apply=groupby((Sampling.FundedGroup/sum))", "groups(Sampling.FundedGroup/sum)", "groups(Sampling.FundedGroup/sum)")]
    public void Get_SelectAndExpand_ContextFollowsVersion(string url, string fragment40, string fragment401)
    {
        Assert.Equal(SampleEngine.Root + "$metadata#" + fragment40, Engine.GetJson(url).GetProperty("@odata.context").GetString());
        Assert.Equal(SampleEngine.Root + "$metadata#" + fragment401, Engine.GetJson(url, ("OData-MaxVersion", "4.01")).GetProperty("@context").GetString());
    }
}
