using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>What the sets and properties mean: descriptions in both languages, units and code lists with their labels.</summary>
internal static class VocabularyAnnotations
{
    // CSDL has no language tags and Core.Description is one string, so English stands alone and a qualifier marks Swedish:
    // a client that knows nothing of qualifiers shows English.
    private const string Swedish = "sv";

    public static void Add(EdmModel edm, EntityModel model)
    {
        foreach (var set in model.Sets)
        {
            Describe(edm, edm.EntityContainer.FindEntitySet(set.Name), set.Description);
        }

        var done = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            Add(edm, set.Type, done);
        }
    }

    private static void Add(EdmModel edm, StructuredType type, HashSet<StructuredType> done)
    {
        if (!done.Add(type))
        {
            return;
        }

        var declared = (IEdmStructuredType)EdmModelBuilder.Find(edm, type);
        foreach (var property in type.OwnProperties)
        {
            Add(edm, declared.FindProperty(property.Name), property);
            if (property.ElementType is StructuredType part && !property.IsNavigation)
            {
                Add(edm, part, done);
            }
        }

        foreach (var derived in type.DerivedTypes)
        {
            Add(edm, derived, done);
        }
    }

    private static void Add(EdmModel edm, IEdmProperty target, Property property)
    {
        if ((property.Description ?? property.Title) is { } description)
        {
            Describe(edm, target, description);
        }

        if (property.Unit is { } unit)
        {
            Vocabulary.Measures.Annotate(edm, target, "Unit", new EdmStringConstant(unit));
        }

        if (property.AllowedValues.Count > 0)
        {
            Vocabulary.Validation.Annotate(edm, target, "AllowedValues",
                new EdmCollectionExpression(property.AllowedValues.Select(allowed => Labelled(edm, allowed))));
        }
    }

    private static void Describe(EdmModel edm, IEdmVocabularyAnnotatable target, Text text)
    {
        if (text.En.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.En));
        }

        if (text.Sv.Length > 0)
        {
            Vocabulary.Core.Annotate(edm, target, "Description", new EdmStringConstant(text.Sv), Swedish);
        }
    }

    private static VocabularyRecord Labelled(EdmModel edm, AllowedValue allowed)
    {
        var record = new VocabularyRecord(new EdmPropertyConstructor("Value", new EdmStringConstant(allowed.Value)));
        Describe(edm, record, allowed.Label);
        return record;
    }
}
